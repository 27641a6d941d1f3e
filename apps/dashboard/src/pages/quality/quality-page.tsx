import { type Message } from '../../i18n/language.js';
import { PageHead } from '../page-head.js';
import { Findings } from './findings.js';
import { RecordingDelay } from './recording-delay.js';
import { Status } from './status.js';

const TITLE: Message = ['Qualità dei dati e stato', 'Data quality and status'];
const LEAD: Message = [
  'Che cosa nei dati non torna, quanto tardi arrivano, e se il sistema sta al passo con il suo registro.',
  'What does not fit in the data, how late facts arrive, and whether the system keeps up with its log.',
];

export default function QualityPage() {
  return (
    <>
      <PageHead title={TITLE} lead={LEAD} />
      <Findings />
      <RecordingDelay />
      <Status />
    </>
  );
}
