import { describe, expect, it } from 'vitest';
import { SourceError, StorageError, type SourceErrorReason } from '../../../src/errors.ts';
import type { Paper } from '../../../src/papers/paper.ts';
import { createSourceSearch } from '../../../src/topics/source-search.ts';
import { buildPaper } from '../../support/build-paper.ts';
import { createScriptedClock } from '../../support/scripted-clock.ts';

const NOON = Date.UTC(2026, 5, 9, 12);
const MINUTE = 60_000;

function createWorld() {
  const clock = createScriptedClock(NOON);
  const asked: string[] = [];
  const saved: Paper[] = [];
  const answers = new Map<string, readonly string[]>();
  const warned: object[] = [];
  let reason: SourceErrorReason | undefined;
  let isLedgerAway = false;
  const sourceSearch = createSourceSearch({
    source: {
      async search(words) {
        asked.push(words);
        if (reason !== undefined) throw new SourceError('Hugging Face', reason);
        return [buildPaper({ id: '2301.00001', title: words, listDay: '2023-05-09' })];
      },
    },
    archive: {
      save(papers) {
        saved.push(...papers);
        return [];
      },
    },
    answers: {
      get: async (words) => answers.get(words),
      async set(words, ids) {
        if (isLedgerAway) throw new StorageError('no ledger');
        answers.set(words, ids);
      },
    },
    clock,
    log: { warn: (fields) => void warned.push(fields) },
  });
  return {
    clock,
    asked,
    saved,
    warned,
    find: sourceSearch.find,
    setLedgerAway(isAway: boolean) {
      isLedgerAway = isAway;
    },
    setReason(next: SourceErrorReason | undefined) {
      reason = next;
    },
  };
}

describe('the search of the source', () => {
  it('leaves what it finds in the archive, with no list day', async () => {
    const world = createWorld();

    expect(await world.find('mamba')).toEqual(['2301.00001']);

    expect(world.saved).toEqual([buildPaper({ id: '2301.00001', title: 'mamba' })]);
  });

  it('is asked once for equal words, also at the same time', async () => {
    const world = createWorld();

    await Promise.all([world.find('mamba'), world.find('mamba')]);
    await world.find('mamba');

    expect(world.asked).toEqual(['mamba']);
  });

  it('is not taken for failing while there is no room for another search', async () => {
    const world = createWorld();
    world.setReason('busy');

    expect(await world.find('mamba')).toBe('too-many');
    world.setReason(undefined);

    expect(await world.find('mamba')).toEqual(['2301.00001']);
    expect(world.warned).toEqual([]);
  });

  it('is left alone for half a minute after a failure, and asked again then', async () => {
    const world = createWorld();
    world.setReason('rate-limited');

    expect(await world.find('mamba')).toBe('failed');
    world.setReason(undefined);
    expect(await world.find('mamba')).toBe('failed');
    await world.clock.passTo(NOON + MINUTE / 2);

    expect(await world.find('mamba')).toEqual(['2301.00001']);
    expect(world.asked).toEqual(['mamba', 'mamba']);
  });

  it('is not taken for failing where the ledger fails', async () => {
    const world = createWorld();
    world.setLedgerAway(true);

    await expect(world.find('mamba')).rejects.toThrow(StorageError);
    world.setLedgerAway(false);

    expect(await world.find('mamba')).toEqual(['2301.00001']);
    expect(world.warned).toEqual([]);
  });

  it('is asked ten times in five minutes for one person, and equal words do not count', async () => {
    const world = createWorld();
    const find = (words: string, userId: string) => world.find(words, { userId });
    for (let at = 0; at < 10; at += 1) await find(`mamba ${at}`, 'ada');
    await find('mamba 1', 'ada');

    expect(await find('mamba 10', 'ada')).toBe('too-many');
    expect(await find('mamba 3', 'ada')).toEqual(['2301.00001']);
    expect(await find('mamba 10', 'bob')).toEqual(['2301.00001']);
    await world.clock.passTo(NOON + 5 * MINUTE);
    expect(await find('mamba 11', 'ada')).toEqual(['2301.00001']);
  });

  it('is asked 25 times in five minutes for one server, while others go on', async () => {
    const world = createWorld();
    const find = (at: number, guildId?: string) =>
      world.find(`mamba ${at}`, { userId: `user ${at}`, guildId });
    for (let at = 0; at < 25; at += 1) await find(at, 'busy');

    expect(await find(25, 'busy')).toBe('too-many');
    expect(await find(25, 'other')).toEqual(['2301.00001']);
    expect(await find(26)).toEqual(['2301.00001']);
  });
});
