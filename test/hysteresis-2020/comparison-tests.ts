import { type Observation } from '#survival';
import { plainGray } from '#survival/testing/plain-gray';
import { type Ask, MEASURES, type Point, STATE_2020, YEAR } from './demo-answers.js';

const repeated = (point: Observation, count: number): Observation[] =>
  Array.from({ length: count }, () => point);

/** The people of a curve one by one. */
const people = (curve: readonly Point[]): Observation[] =>
  curve.flatMap(({ day: time, converted, lost, censored }) => [
    ...repeated({ time, end: 'event' }, converted),
    ...repeated({ time, end: 'competing' }, lost),
    ...repeated({ time, end: 'censored' }, censored),
  ]);

/** Whether groups differ. */
export function comparisonTests(ask: Ask): void {
  it('the territories differ', async () => {
    const { items, verdict, tests } = await ask(`hysteresis/compare?${YEAR}&${STATE_2020}&groupBy=territory`);
    expect(items.map((row) => [row['territory'], row['converted'], row['medianDays']])).toEqual([
      ['TO', 467, 212],
      ['AL-AT', 72, 246],
      ['BI-NO-VC-VCO', 106, 138],
      ['CN', 117, 102],
    ]);
    expect(verdict).toBe('different');
    expect(tests).toMatchObject({
      logRank: { statistic: expect.closeTo(46.309, 3) as number, degreesOfFreedom: 3 },
      grayConverted: { statistic: expect.closeTo(57.046239, 6) as number, degreesOfFreedom: 3 },
    });
  });

  it("Gray's test of the territories is that of the plain definition", async () => {
    const { items } = await ask(`hysteresis?${YEAR}&${STATE_2020}&groupBy=territory&curve=true`);
    const groups = items.map(({ curve }) => people(curve));
    expect(groups.map(({ length }) => length)).toEqual(items.map(({ size }) => size));
    const answer = await ask(`hysteresis/compare?${YEAR}&${STATE_2020}&groupBy=territory`);
    const { grayConverted } = answer['tests'] as { grayConverted: { statistic: number } };
    const { scores, covariance, statistic } = plainGray(groups);
    expect(statistic).toBeCloseTo(grayConverted.statistic, 9);
    const told = (values: readonly number[]) => {
      const [first, second, third, last] = values.map((value) => value.toFixed(2).replace('-', '−'));
      return `${first}, ${second}, ${third} and ${last}`;
    };
    expect(MEASURES).toContain(`In Gray's it is ${told(scores)},`);
    expect(MEASURES).toContain(`with variances ${told(covariance.map((row, g) => row[g]!))}.`);
  });

  it('too few are not compared, and one alone has nothing to be compared with', async () => {
    const genders = await ask(`hysteresis/compare?${YEAR}&${STATE_2020}&groupBy=gender`);
    expect(genders).toMatchObject({ verdict: 'too_few_to_say', tooFew: [{ gender: 'X' }] });
    const alone = await ask(`hysteresis/compare?${YEAR}&${STATE_2020}&groupBy=territory&territory=TO`);
    expect(alone).toMatchObject({
      verdict: 'nothing_to_compare',
      tooFew: [],
      tests: { grayConverted: null },
    });
  });
}
