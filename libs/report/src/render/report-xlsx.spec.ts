import { strFromU8, unzipSync } from 'fflate';
import { PRINTED_OTHERWISE, reportOf } from '../small-report.fixture.js';
import { reportAsXlsx } from './report-xlsx.js';

it('gives a printed figure a format with the decimals that were printed', async () => {
  const files = unzipSync(await reportAsXlsx(reportOf(PRINTED_OTHERWISE)));
  const styles = strFromU8(files['xl/styles.xml']!);
  for (const format of ['0"%"', '0.0"%"', '0.00"%"'])
    expect(styles).toContain(`formatCode="#,##${format.replaceAll('"', '&quot;')}"`);
});
