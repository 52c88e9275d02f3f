import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/errors.ts';
import { MOST_SAVED, savePaper } from '../../../../src/papers/saved-papers.ts';
import { DATABASES, NOW, useLedger } from './ledger-world.ts';

const PERSON = '100000000000000007';
const OTHER = '100000000000000008';

describe.each(DATABASES)('saved papers, on $name', (database) => {
  const world = useLedger(database);
  const save = (paperId: string, { userId = PERSON, savedAt = NOW } = {}) =>
    savePaper({ userId, paperId, savedAt }, world.ledger.savedPapers);
  const saved = async (userId = PERSON, from = 0) =>
    (await world.ledger.savedPapers.list(userId, { from, most: 2 })).map(({ paperId }) => paperId);

  it('are kept over a restart, the latest first, in parts', async () => {
    await save('2606.00003');
    await save('2606.00001', { savedAt: NOW + 1 });
    await save('2606.00002', { savedAt: NOW + 2 });

    await world.reopen();

    expect(await saved()).toEqual(['2606.00002', '2606.00001']);
    expect(await saved(PERSON, 2)).toEqual(['2606.00003']);
    expect(await world.ledger.savedPapers.count(PERSON)).toBe(3);
  });

  it('stay as they are when they are saved again', async () => {
    expect(await save('2606.00001')).toBe(true);
    expect(await save('2606.00001', { savedAt: NOW + 1 })).toBe(false);

    expect(await world.ledger.savedPapers.get(PERSON, '2606.00001')).toEqual({
      userId: PERSON,
      paperId: '2606.00001',
      savedAt: NOW,
    });
  });

  it('are each person’s own', async () => {
    await save('2606.00001');
    await save('2606.00001', { userId: OTHER });
    await save('2606.00002', { userId: OTHER });
    const { savedPapers } = world.ledger;

    await savedPapers.remove(OTHER, '2606.00001');
    expect(await savedPapers.get(OTHER, '2606.00001')).toBeUndefined();
    expect(await saved(OTHER)).toEqual(['2606.00002']);
    await savedPapers.removeOf(OTHER);

    expect(await savedPapers.count(OTHER)).toBe(0);
    expect(await saved()).toEqual(['2606.00001']);
  });

  it('are one, however often and however fast somebody presses', async () => {
    const pressed = await Promise.all(Array.from({ length: 10 }, () => save('2606.00001')));

    expect(pressed.filter((isNew) => isNew)).toHaveLength(1);
    expect(await world.ledger.savedPapers.count(PERSON)).toBe(1);
  });

  it('are bounded for each person', async () => {
    const ids = Array.from({ length: MOST_SAVED }, (_, at) => `2605.${String(at).padStart(5, '0')}`);
    const rows = ids.map((id) => `('${PERSON}', '${id}', ${NOW}, '{}')`);
    await world.run(`INSERT INTO saves (user_id, paper_id, saved_at, document) VALUES ${rows.join(', ')}`);

    await expect(save('2606.00001')).rejects.toThrow(UserError);

    expect(await save('2605.00000')).toBe(false);
    expect(await world.ledger.savedPapers.count(PERSON)).toBe(MOST_SAVED);
    expect(await save('2606.00001', { userId: OTHER })).toBe(true);
    await world.ledger.savedPapers.remove(PERSON, '2605.00000');
    expect(await save('2606.00001')).toBe(true);
  });

  it('cost nothing but themselves where a row cannot be read', async () => {
    await save('2606.00001');
    await save('2606.00002');
    await world.run(`UPDATE saves SET document = 'damaged{' WHERE paper_id = '2606.00001'`);

    expect(await saved()).toEqual(['2606.00002']);
    expect(world.logged).toEqual([{ table: 'saves', key: `${PERSON}:2606.00001` }]);
  });
});
