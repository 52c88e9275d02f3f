import { describe, expect, it } from 'vitest';
import { DAY_MS, MINUTE_MS } from '../../../../src/calendar/zoned-time.ts';
import { DATABASES, useLedger } from './ledger-world.ts';

const ADA = '100000000000000001';
const MAX = '100000000000000002';
const MAMBA = { query: 'mamba -survey', sort: 'newest' } as const;

describe.each(DATABASES)('what has a key and a lifetime, on $name', (database) => {
  const world = useLedger(database);
  const save = (userId: string, query: string) =>
    world.ledger.savedSearches.save(userId, { query, sort: 'newest' });
  const rows = () => world.run(`SELECT key FROM key_values WHERE namespace <> 'purge'`);

  it('is there after a restart, under keys of any text', async () => {
    const words = `it's "mamba"::🐍 ${'x'.repeat(300)}`;
    await world.ledger.meta.set('commands', 'old');
    await world.ledger.meta.set('commands', 'hash');
    await world.ledger.sourceAnswers.set(words, ['2', '1']);
    const key = await world.ledger.savedSearches.save(ADA, MAMBA);

    await world.reopen();

    expect(await world.ledger.meta.get('commands')).toBe('hash');
    expect(await world.ledger.meta.get('other')).toBeUndefined();
    expect(await world.ledger.sourceAnswers.get(words)).toEqual(['2', '1']);
    expect(await world.ledger.sourceAnswers.get('commands')).toBeUndefined();
    expect(await world.ledger.savedSearches.get(key)).toEqual(MAMBA);
    expect(key).toMatch(/^[a-z0-9-]{1,40}$/);
  });

  it('is not found once its time is over, and then really deleted', async () => {
    await world.ledger.meta.set('commands', 'hash');
    await world.ledger.sourceAnswers.set('mamba', ['1']);
    const key = await save(ADA, 'mamba');
    world.now += 9 * MINUTE_MS;
    expect(await world.ledger.sourceAnswers.get('mamba')).toEqual(['1']);

    world.now += 2 * MINUTE_MS;
    expect(await world.ledger.sourceAnswers.get('mamba')).toBeUndefined();
    expect(await world.ledger.savedSearches.get(key)).toEqual({ query: 'mamba', sort: 'newest' });
    world.now += 366 * DAY_MS;

    expect(await world.ledger.savedSearches.get(key)).toBeUndefined();
    await world.ledger.purgeIfDue();
    expect(await rows()).toEqual([{ key: 'commands' }]);
  });

  it('is the last form of a person that was refused, for a day or until they have it deleted', async () => {
    const draft = { id: '1', name: 'note', values: ['2606.00001'], fields: { note: ['it’s long'] } };
    await world.ledger.formDrafts.keep(ADA, { ...draft, id: '0' });
    await world.ledger.formDrafts.keep(ADA, draft);
    await world.ledger.formDrafts.keep(MAX, draft);

    await world.reopen();

    expect(await world.ledger.formDrafts.of(ADA)).toEqual(draft);
    await world.ledger.formDrafts.removeOf(MAX);
    expect(await world.ledger.formDrafts.of(MAX)).toBeUndefined();
    world.now += DAY_MS;
    expect(await world.ledger.formDrafts.of(ADA)).toBeUndefined();
    await world.ledger.purgeIfDue();
    expect(await rows()).toEqual([]);
  });

  it('has one key for the same search of one person, and the newest 200 searches', async () => {
    const [one, same, other] = await Promise.all([
      save(ADA, 'mamba'),
      save(ADA, 'mamba'),
      world.ledger.savedSearches.save(ADA, { query: 'mamba', sort: 'upvotes' }),
    ]);
    expect(same).toBe(one);
    expect(other).not.toBe(one);

    const keys: string[] = [];
    for (let at = 0; at < 200; at++) {
      world.now += 1000;
      keys.push(await save(ADA, `word${at}`));
    }

    expect(await world.ledger.savedSearches.get(one)).toBeUndefined();
    expect(await world.ledger.savedSearches.get(keys[0] ?? '')).toMatchObject({ query: 'word0' });
  });

  it('keeps the name of a topic beside a search for the same', async () => {
    const named = { query: 'mamba', sort: 'newest', name: 'State spaces' } as const;
    const key = await world.ledger.savedSearches.save(ADA, named);
    await save(ADA, 'mamba');

    expect(await world.ledger.savedSearches.get(key)).toEqual(named);
  });

  it('loses none of fifty searches at once, and is deleted for the one who asks alone', async () => {
    const keys = await Promise.all(Array.from({ length: 50 }, (_, at) => save(ADA, `word${at}`)));
    const other = await save(MAX, 'mamba');
    const found = await Promise.all(keys.map((key) => world.ledger.savedSearches.get(key)));
    expect(found.every((search) => search !== undefined)).toBe(true);

    await world.ledger.savedSearches.removeOf(ADA);

    expect(await world.ledger.savedSearches.get(keys[0] ?? '')).toBeUndefined();
    expect(await world.ledger.savedSearches.get(other)).toBeDefined();
    expect(await rows()).toHaveLength(1);
  });

  it.each(['', 'x', '1-2', `${ADA}-zzzzzzzzzzzzzzzz`, `${ADA}-__proto__`])(
    'has no search %j',
    async (key) => {
      await save(ADA, 'mamba');

      expect(await world.ledger.savedSearches.get(key)).toBeUndefined();
    },
  );
});
