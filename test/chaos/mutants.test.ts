import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { pickForDay, SOON_CAUGHT } from '../../chaos/mutants/for-the-day.ts';
import { chooseFaults } from '../../chaos/faults/table.ts';
import { applyPatch, MUTANTS_FOLDER, readMutants } from '../../chaos/mutants/mutant.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const mutants = readMutants(MUTANTS_FOLDER);

describe('the mutants', () => {
  it('are twenty-five or more', () => {
    expect(mutants.length).toBeGreaterThanOrEqual(25);
  });

  it.for(mutants)('$name says which mistake it is, and still applies', ({ file, mistake }) => {
    expect(mistake).toMatch(/^[A-Z].+\.$/);
    expect(() => applyPatch(file, ROOT, '--check')).not.toThrow();
  });

  it.for(mutants)('$name shows with faults that there are', ({ faults }) => {
    expect(() => chooseFaults(faults?.split(','))).not.toThrow();
  });

  it.for(mutants)('$name breaks the bot alone, and nothing that judges it', ({ file }) => {
    const touched = [...readFileSync(file, 'utf8').matchAll(/^\+\+\+ b\/(.+)$/gm)].map(([, one]) => one);

    expect(touched.length).toBeGreaterThan(0);
    expect(touched.filter((one) => !/^(src|commands)\//.test(one ?? ''))).toEqual([]);
  });

  it('are listed with their mistakes', () => {
    const readme = readFileSync(path.join(MUTANTS_FOLDER, 'README.md'), 'utf8');

    expect(
      mutants.filter(({ name, mistake }) => !readme.includes(`| \`${name}\``) || !readme.includes(mistake)),
    ).toEqual([]);
  });

  it('are named one by one, and an unknown name is refused', () => {
    expect(readMutants(MUTANTS_FOLDER, ['no-fsync']).map(({ name }) => name)).toEqual(['no-fsync']);
    expect(() => readMutants(MUTANTS_FOLDER, ['no-such'])).toThrow(RangeError);
  });

  it('are three a day for those who change something, and all that show soon within a few days', () => {
    const days = Array.from({ length: 7 }, (_, day) => pickForDay(Date.UTC(2026, 0, 1 + day, 5)));

    expect(days.map((names) => new Set(names).size)).toEqual([3, 3, 3, 3, 3, 3, 3]);
    expect(pickForDay(Date.UTC(2026, 0, 1, 23))).toEqual(days[0]);
    expect(days[1]).not.toEqual(days[0]);
    expect(new Set(days.flat())).toEqual(new Set(SOON_CAUGHT));
    expect(readMutants(MUTANTS_FOLDER, SOON_CAUGHT)).toHaveLength(SOON_CAUGHT.length);
  });
});
