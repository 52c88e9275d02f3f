import { describe, expect, it } from 'vitest';
import { DATABASES, NOW, useLedger } from './ledger-world.ts';

const PERSON = '100000000000000007';
const OTHER = '100000000000000008';
const GUILD = '200000000000000001';
const LIMITS = { people: 10, most: 2 };

describe.each(DATABASES)('choices in For You, on $name', (database) => {
  const world = useLedger(database);
  const choices = () => world.ledger.forYouChoices;
  const dismiss = (paperId: string, at = NOW, limit = 10) =>
    choices().dismiss({ userId: PERSON, paperId, at }, limit);
  const agree = (userId: string, guildId = GUILD) => choices().setCounts({ userId, guildId, at: NOW });
  const save = (userId: string, paperId: string, savedAt = NOW) =>
    world.ledger.savedPapers.add(userId, [{ userId, paperId, savedAt }], 100);

  it('keep what was dismissed over a restart, the latest first, each once', async () => {
    await dismiss('2606.00001');
    await dismiss('2606.00002', NOW + 1);
    await dismiss('2606.00001', NOW + 2);

    await world.reopen();

    expect(await choices().dismissed(PERSON, 5)).toEqual(['2606.00002', '2606.00001']);
    expect(await choices().dismissed(PERSON, 1)).toEqual(['2606.00002']);
    expect(await choices().dismissed(OTHER, 5)).toEqual([]);
  });

  it('forget the oldest dismissal when there are too many', async () => {
    await dismiss('2606.00001', NOW, 2);
    await dismiss('2606.00002', NOW + 1, 2);
    await dismiss('2606.00003', NOW + 2, 2);

    expect(await choices().dismissed(PERSON, 5)).toEqual(['2606.00003', '2606.00002']);
  });

  it('take a dismissal back', async () => {
    await dismiss('2606.00001');

    await choices().takeBack(PERSON, '2606.00001');
    await choices().takeBack(PERSON, '2606.00009');

    expect(await choices().dismissed(PERSON, 5)).toEqual([]);
  });

  it('count saves only of those who agreed in that server, the latest of each', async () => {
    for (const [at, paperId] of ['2606.00001', '2606.00002', '2606.00003'].entries()) {
      await save(PERSON, paperId, NOW + at);
    }
    await save(OTHER, '2606.00009');
    await agree(PERSON);
    await agree(PERSON);
    await agree(OTHER, '200000000000000002');

    expect(await choices().savesThatCount(GUILD, LIMITS)).toEqual([['2606.00003', '2606.00002']]);
    expect(await choices().counts(PERSON, GUILD)).toBe(true);
    expect(await choices().counts(OTHER, GUILD)).toBe(false);

    await choices().endCounts(PERSON, GUILD);
    expect(await choices().savesThatCount(GUILD, LIMITS)).toEqual([]);
  });

  it('let those who saved nothing take nobody’s place', async () => {
    await save(PERSON, '2606.00001');
    await agree(PERSON);
    await choices().setCounts({ userId: OTHER, guildId: GUILD, at: NOW + 1 });

    expect(await choices().savesThatCount(GUILD, { people: 1, most: 2 })).toEqual([['2606.00001']]);
  });

  it('go with the person who made them, and leave those of others', async () => {
    await dismiss('2606.00001');
    await choices().dismiss({ userId: OTHER, paperId: '2606.00002', at: NOW }, 10);
    await agree(PERSON);
    await agree(OTHER);

    await choices().removeOf(PERSON);

    expect(await choices().dismissed(PERSON, 5)).toEqual([]);
    expect(await choices().counts(PERSON, GUILD)).toBe(false);
    expect(await choices().dismissed(OTHER, 5)).toEqual(['2606.00002']);
    expect(await choices().counts(OTHER, GUILD)).toBe(true);
  });
});
