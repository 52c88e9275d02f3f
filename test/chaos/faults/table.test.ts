import { describe, expect, it } from 'vitest';
import { CALM_FAULTS } from '../../../chaos/faults/calms.ts';
import { CONDITIONS } from '../../../chaos/faults/conditions.ts';
import { canBeMet } from '../../../chaos/faults/fault.ts';
import { GONE_FOR_A_MONTH } from '../../../chaos/faults/gone-for-a-month.ts';
import { createDeck } from '../../../chaos/faults/run-storm.ts';
import { chooseFaults, FAULTS } from '../../../chaos/faults/table.ts';
import { createRandom } from '../../../chaos/random.ts';

const fault = (name: string, weight: number) => ({ name, says: `${name}.`, weight, start: () => undefined });

describe('the table of faults', () => {
  it('names each fault once, and says in a sentence what goes wrong', () => {
    const all = [...FAULTS, ...CALM_FAULTS, ...CONDITIONS, GONE_FOR_A_MONTH];

    expect(new Set(all.map(({ name }) => name)).size).toBe(all.length);
    expect(all.filter(({ says }) => !/^[A-Z].*\.$/.test(says))).toEqual([]);
  });

  it('gives the faults that were named alone, and refuses a name that no fault has', () => {
    expect(chooseFaults(['kill', 'sleep']).map(({ name }) => name)).toEqual(['kill', 'sleep']);
    expect(() => chooseFaults(['kill', 'flood'])).toThrow('There is no fault called flood');
  });

  it.each([
    ['one process on SQLite', undefined, { 'locked-ledger': true, 'database-killed': false, deploy: false }],
    ['one on PostgreSQL', 1, { 'locked-ledger': false, 'database-killed': true, deploy: false }],
    ['three on PostgreSQL', 3, { 'locked-ledger': false, 'database-killed': true, deploy: true }],
  ])('deals to %s what can befall it', (_, replicas, expected) => {
    const met = FAULTS.filter((one) => canBeMet(one, replicas)).map(({ name }) => name);

    expect(met).toContain('kill');
    for (const [name, isMet] of Object.entries(expected)) expect(met.includes(name)).toBe(isMet);
  });
});

it('each fault is dealt as often as its weight says before any comes again more often', () => {
  const deal = createDeck([fault('often', 3), fault('seldom', 1)], createRandom(1, 1), { seed: 1 });

  const dealt = Array.from({ length: 8 }, () => deal().name);

  for (const half of [dealt.slice(0, 4), dealt.slice(4)])
    expect(half.toSorted()).toEqual(['often', 'often', 'often', 'seldom']);
});

it('ten seeds that deal half a pack each deal every fault at least three times', () => {
  const faults = Array.from({ length: 60 }, (_, index) => fault(`fault ${index}`, 1));
  const seeds = Array.from({ length: 10 }, (_, index) => index + 1);

  const dealt = seeds.flatMap((seed) => {
    const deal = createDeck(faults, createRandom(seed, 2), { seed });
    return Array.from({ length: 30 }, () => deal().name);
  });

  const counts = Map.groupBy(dealt, (name) => name);
  expect(counts.size).toBe(60);
  expect(Math.min(...[...counts.values()].map(({ length }) => length))).toBeGreaterThanOrEqual(3);
});
