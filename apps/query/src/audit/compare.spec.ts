import { loadCatalogue } from '#catalogue';
import { type FunnelAnswer, type FunnelItem, stageRow, StageTally } from '#measures';
import { STAGES } from '#events';
import { differences } from './compare.js';

const catalogue = loadCatalogue();

function stages(counts: Record<string, number>, returning = counts) {
  const tally = new StageTally();
  tally.add({
    counts: STAGES.map((stage) => counts[stage] ?? 0),
    returning: STAGES.map((stage) => returning[stage] ?? 0),
  });
  return stageRow(tally);
}

const row = (
  month: string,
  territory: string,
  counts: Record<string, number>,
  returning = counts,
): FunnelItem => ({ month, territory, ...stages(counts, returning) });

const answer = (items: FunnelItem[], totals = stages({})): FunnelAnswer => ({ items, totals });

describe('differences between served and replayed rows', () => {
  it('are none between equal rows', () => {
    const rows = answer([row('2020-01', 'TO', { booked: 2 })], stages({ booked: 2 }));
    expect(differences(rows, structuredClone(rows), ['territory'], catalogue)).toEqual([]);
  });

  it('name each cell, in the order of rows and stages, returning entries too', () => {
    const served = [
      row('2020-01', 'TO', { attended: 3 }, { attended: 1 }),
      row('2020-02', 'TO', { booked: 1, registered: 1 }, {}),
    ];
    const replayed = [row('2020-01', 'TO', { attended: 3 }, {}), row('2020-02', 'TO', { booked: 2 }, {})];
    expect(differences(answer(served), answer(replayed), ['territory'], catalogue)).toEqual([
      { month: '2020-01', territory: 'TO', stage: 'returning.attended', served: 1, replayed: 0 },
      { month: '2020-02', territory: 'TO', stage: 'registered', served: 1, replayed: 0 },
      { month: '2020-02', territory: 'TO', stage: 'booked', served: 1, replayed: 2 },
    ]);
  });

  it('name the totals last, without month and groups', () => {
    const rows = [row('2020-01', 'TO', { booked: 2 })];
    const served = answer(rows, stages({ booked: 3 }, { booked: 1 }));
    const replayed = answer([row('2020-01', 'TO', { booked: 1 }, { booked: 2 })], stages({ booked: 2 }, {}));
    expect(differences(served, replayed, ['territory'], catalogue)).toEqual([
      { month: '2020-01', territory: 'TO', stage: 'booked', served: 2, replayed: 1 },
      { month: null, territory: null, stage: 'booked', served: 3, replayed: 2 },
      { month: null, territory: null, stage: 'returning.booked', served: 1, replayed: 0 },
    ]);
  });

  it('take a missing row for zeros and put it where it belongs', () => {
    const served = [row('2020-02', 'CN', { booked: 1 }, {}), row('2020-03', 'TO', { booked: 5 }, {})];
    const replayed = [
      row('2020-01', 'unknown', { booked: 2 }, {}),
      row('2020-02', 'TO', { booked: 3 }, {}),
      row('2020-02', 'CN', { booked: 4 }, {}),
      row('2020-02', 'unknown', {}, {}),
    ];
    const found = differences(answer(served), answer(replayed), ['territory'], catalogue);
    expect(found.map((one) => [one.month, one.territory, one.served, one.replayed])).toEqual([
      ['2020-01', 'unknown', 0, 2],
      ['2020-02', 'TO', 0, 3],
      ['2020-02', 'CN', 1, 4],
      ['2020-03', 'TO', 5, 0],
    ]);
  });
});
