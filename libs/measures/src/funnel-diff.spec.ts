import { parseDay, startOfDay } from '#calendar';
import { loadCatalogue } from '#catalogue';
import { type FactName } from '#events';
import { cellChanges } from './funnel-diff.js';
import { type MeasuredFact } from './visible-facts.js';

const catalogue = loadCatalogue();
const on = (text: string) => startOfDay(parseDay(text)!) + 43_200_000;

function fact(name: FactName, id: string, time: number, recorded: number, data: object): MeasuredFact {
  const event = { type: `it.mip.${name}.v1`, source: 'https://area-web.example', id, subject: 'j-1' };
  return { name, ...event, time, recorded, position: recorded, data } as MeasuredFact;
}

const registered = (id: string, recorded: number) =>
  fact('registered', id, on('2020-09-27'), recorded, { territory: 'CN' });

const takenBack = (id: string, recorded: number) =>
  fact('retracted', `r-${id}`, recorded, recorded, {
    source: 'https://area-web.example',
    id,
    reason: 'recorded_in_error',
  });

describe('why a cell changed', () => {
  const selection = { groupBy: [], filters: {}, before: on('2020-10-01'), after: on('2021-01-01') };
  const causes = (facts: readonly MeasuredFact[]) =>
    cellChanges(facts, selection, catalogue).map(({ direction, class: cause, facts: own }) => [
      direction,
      cause,
      own.map(({ id }) => id),
    ]);
  const right = registered('right', on('2020-11-02'));

  it('is a correction where another fact of the type was taken back in between', () => {
    const wrong = registered('wrong', on('2020-10-20'));
    const retraction = takenBack('wrong', on('2020-11-01'));
    expect(causes([wrong, retraction, right])).toEqual([
      ['entered', 'correction', ['right', 'wrong', 'r-wrong']],
    ]);
  });

  it('takes no account of a fact that is recorded after the later date, though its retraction is known', () => {
    const facts = [takenBack('wrong', on('2020-11-01')), right, registered('wrong', on('2021-01-02'))];
    expect(causes(facts)).toEqual([['entered', 'late', ['right']]]);
    expect(causes(facts)).toEqual(causes(facts.filter(({ recorded }) => recorded <= selection.after)));
  });
});
