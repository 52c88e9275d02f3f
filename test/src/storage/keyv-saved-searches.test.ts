import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { openState, type State } from '../../../src/storage/open-state.ts';
import { createScriptedClock } from '../../support/scripted-clock.ts';

const ADA = '100000000000000001';
const MAX = '100000000000000002';
const MAMBA = { query: 'mamba -survey', sort: 'newest' } as const;

describe('saved searches', () => {
  let folder: string;
  let state: State;
  const clock = createScriptedClock(Date.UTC(2026, 5, 9));

  beforeEach(async () => {
    folder = mkdtempSync(path.join(tmpdir(), 'paperboy-'));
    state = await open();
  });

  afterEach(async () => {
    await state.close();
    rmSync(folder, { recursive: true });
  });

  const open = (): Promise<State> =>
    openState({
      url: `sqlite://${path.join(folder, 'paperboy.sqlite')}`,
      log: { error: () => undefined },
      clock,
    });

  it('come back under their key after a restart', async () => {
    const key = await state.savedSearches.save(ADA, MAMBA);

    await state.close();
    state = await open();

    expect(await state.savedSearches.get(key)).toEqual(MAMBA);
    expect(key).toMatch(/^[a-z0-9-]{1,40}$/);
  });

  it('have one key each for one person, and another for another order', async () => {
    const [one, same, other] = await Promise.all([
      state.savedSearches.save(ADA, MAMBA),
      state.savedSearches.save(ADA, MAMBA),
      state.savedSearches.save(ADA, { ...MAMBA, sort: 'upvotes' }),
    ]);

    expect(same).toBe(one);
    expect(other).not.toBe(one);
  });

  it('are the newest 200 of a person', async () => {
    const keys: string[] = [];
    for (let at = 0; at < 201; at++) {
      await clock.passTo(clock.now() + 1000);
      keys.push(await state.savedSearches.save(ADA, { query: `word${at}`, sort: 'relevance' }));
    }

    expect(await state.savedSearches.get(keys[0] ?? '')).toBeUndefined();
    expect(await state.savedSearches.get(keys[1] ?? '')).toMatchObject({ query: 'word1' });
  });

  it('are deleted for the one who asks, and for nobody else', async () => {
    const adas = await state.savedSearches.save(ADA, MAMBA);
    const maxs = await state.savedSearches.save(MAX, MAMBA);

    await state.savedSearches.removeOf(ADA);

    expect(await state.savedSearches.get(adas)).toBeUndefined();
    expect(await state.savedSearches.get(maxs)).toEqual(MAMBA);
  });

  it('are gone after a year without another search', async () => {
    const key = await state.savedSearches.save(ADA, MAMBA);

    await clock.passTo(clock.now() + 366 * 24 * 60 * 60_000);
    await state.tidyIfDue();

    expect(await state.savedSearches.get(key)).toBeUndefined();
  });

  it('leave the answers of the source alone, which are kept for ten minutes', async () => {
    await state.sourceAnswers.set('mamba', ['2301.00001']);

    expect(await state.sourceAnswers.get('mamba')).toEqual(['2301.00001']);
    await clock.passTo(clock.now() + 11 * 60_000);

    expect(await state.sourceAnswers.get('mamba')).toBeUndefined();
  });

  it.each(['', 'x', '1-2', `${ADA}-zzzzzzzzzzzzzzzz`, `${ADA}-__proto__`])('know no %j', async (key) => {
    expect(await state.savedSearches.get(key)).toBeUndefined();
  });
});
