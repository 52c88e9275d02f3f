import { describe, expect, it } from 'vitest';
import { SourceError, type SourceErrorReason } from '../../../src/errors.ts';
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
      set: async (words, ids) => void answers.set(words, ids),
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

    expect(await world.find('mamba')).toBeUndefined();
    world.setReason(undefined);

    expect(await world.find('mamba')).toEqual(['2301.00001']);
    expect(world.warned).toEqual([]);
  });

  it('is left alone for half a minute after a failure, and asked again then', async () => {
    const world = createWorld();
    world.setReason('rate-limited');

    expect(await world.find('mamba')).toBeUndefined();
    world.setReason(undefined);
    expect(await world.find('mamba')).toBeUndefined();
    await world.clock.passTo(NOON + MINUTE / 2);

    expect(await world.find('mamba')).toEqual(['2301.00001']);
    expect(world.asked).toEqual(['mamba', 'mamba']);
  });
});
