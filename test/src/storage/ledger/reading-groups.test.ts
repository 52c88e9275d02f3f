import { describe, expect, it } from 'vitest';
import { UserError } from '../../../../src/errors.ts';
import { buildMeeting } from '../../../../src/reading/close-meeting.ts';
import { planDelivery } from '../../../../src/reading/plan-delivery.ts';
import { type Meeting, type ReadingGroup, readingId } from '../../../../src/reading/reading-group.ts';
import { DATABASES, NOW, useLedger } from './ledger-world.ts';

const GUILD = '200000000000000001';
const OTHER_GUILD = '200000000000000002';
const PERSON = '100000000000000007';
const OTHER = '100000000000000008';

const group: ReadingGroup = {
  guildId: GUILD,
  channelId: '300000000000000001',
  channelKind: 'text',
  rhythm: { every: 'week', weekday: 4, minute: 1080, zone: 'Europe/Berlin', firstDay: '2026-06-08' },
  minutes: 60,
  pollHours: 48,
  readDays: 3,
  held: 0,
};
const meeting: Meeting = {
  ...buildMeeting(group, { id: 'm000000000000001', now: NOW }),
  startsAt: NOW + 9e8,
};
const chosen: Meeting = { ...meeting, state: 'chosen', choice: { paperId: '2606.00001', how: 'picked' } };

const GONE = { since: NOW, looks: 2 };

describe.each(DATABASES)('reading groups, on $name', (database) => {
  const world = useLedger(database);
  const store = () => world.ledger.readingGroups;
  const nominate = (paperId: string, { userId = PERSON, guildId = GUILD, at = NOW, limit = 25 } = {}) =>
    store().nominate(guildId, { paperId, nominatedAt: at, userId }, limit);

  it('are kept over a restart with all that belongs to them, and apart from those of other servers', async () => {
    await store().change(GUILD, () => ({ group, meeting, presenters: [OTHER, PERSON] }));
    await nominate('2606.00002', { at: NOW + 1 });
    await nominate('2606.00001');
    await nominate('2606.00003', { guildId: OTHER_GUILD });
    await store().vote({ meetingId: meeting.id, userId: PERSON, paperId: '2606.00001' });
    await store().vote({ meetingId: meeting.id, userId: PERSON, paperId: '2606.00002' });

    await world.reopen();

    const kept = await store().get(GUILD);
    expect(kept).toMatchObject({ group, meeting, presenters: [OTHER, PERSON], delivery: undefined });
    expect(kept.nominations.map(({ paperId }) => paperId)).toEqual(['2606.00001', '2606.00002']);
    expect([...kept.votes]).toEqual([['2606.00002', 1]]);
    expect((await store().get(OTHER_GUILD)).meeting).toBeUndefined();
  });

  it('are found where their meeting was closed later than now', async () => {
    const over: Meeting = { ...meeting, state: 'over', endedAt: NOW + 1, presenterId: PERSON };
    await store().change(GUILD, () => ({ group, meeting: over }));
    await store().change(OTHER_GUILD, () => ({ meeting: { ...meeting, id: 'm2', guildId: OTHER_GUILD } }));

    expect(await store().closedAfter(NOW)).toEqual([over]);
    expect(await store().closedAfter(NOW + 1)).toEqual([]);
  });

  it('are known by their servers, and go with all that belongs to them', async () => {
    await store().change(GUILD, () => ({ group, meeting, presenters: [OTHER, PERSON] }));
    await nominate('2606.00001');
    await nominate('2606.00002', { guildId: OTHER_GUILD });
    await store().vote({ meetingId: meeting.id, userId: PERSON, paperId: '2606.00001' });
    await store().noteGone(GUILD, { since: NOW, looks: 1 });
    await store().noteGone(GUILD, GONE);
    await store().noteGone(OTHER_GUILD, GONE);
    await store().noteThere(OTHER_GUILD);

    expect(await store().servers()).toHaveLength(2);
    expect(await store().servers()).toEqual(
      expect.arrayContaining([{ guildId: GUILD, gone: GONE }, { guildId: OTHER_GUILD }]),
    );
    await store().remove(GUILD);

    expect(await store().servers()).toEqual([{ guildId: OTHER_GUILD }]);
    expect(await store().get(GUILD)).toMatchObject({ nominations: [], presenters: [] });
    expect((await store().get(GUILD)).group).toBeUndefined();
    expect(await store().of(PERSON)).toEqual({
      nominated: [{ guildId: OTHER_GUILD, paperId: '2606.00002' }],
      votes: [],
      presentsIn: [],
      presented: [],
    });
    await store().change(GUILD, () => ({ group }));
    expect(await store().servers()).toContainEqual({ guildId: GUILD });
  });

  it('write a meeting and the delivery that follows from it together, or neither', async () => {
    await store().change(GUILD, () => ({ group, meeting: chosen }));
    const plan = (id: string) => ({
      meeting: { ...chosen, pending: { deliveryId: id, purpose: 'announcement' as const } },
      delivery: planDelivery({ id, group, meeting: chosen, purpose: 'announcement', now: NOW }),
    });

    const first = await store().change(GUILD, () => plan('d000000000000001'));
    const second = await store().change(GUILD, () => plan('d000000000000002'));

    expect(first?.delivery?.id).toBe('d000000000000001');
    expect(second).toBeUndefined();
    expect((await store().get(GUILD)).meeting?.pending?.deliveryId).toBe('d000000000000001');
    expect((await world.ledger.deliveries.openOf(readingId(GUILD)))?.steps.map(({ kind }) => kind)).toEqual([
      'message',
      'thread',
      'event',
    ]);
    expect((await world.ledger.deliveries.open()).map(({ kind }) => kind)).toEqual(['channel']);
  });

  it('change nothing when a decision is refused', async () => {
    const refuse = () => {
      throw new UserError('nothing-nominated', {});
    };

    await expect(store().change(GUILD, refuse)).rejects.toThrow(UserError);
    expect(await store().change(GUILD, () => undefined)).toBeUndefined();
    expect((await store().get(GUILD)).group).toBeUndefined();
  });

  it('have one open meeting, however many begin one at the same time', async () => {
    const open = (id: string) =>
      store().change(GUILD, (present) =>
        present.meeting === undefined ? { group, meeting: { ...meeting, id } } : undefined,
      );

    const made = await Promise.all(['a', 'b', 'c', 'd'].map((letter) => open(`m00000000000000${letter}`)));

    expect(made.filter((one) => one !== undefined)).toHaveLength(1);
  });

  it('are found when their time comes, and what is closed is history', async () => {
    const other = { ...group, guildId: OTHER_GUILD };
    await store().change(GUILD, () => ({ group, meeting: { ...meeting, decideAt: NOW + 1000 } }));
    await store().change(OTHER_GUILD, () => ({
      group: other,
      meeting: { ...chosen, id: 'm000000000000009', guildId: OTHER_GUILD, presenterId: PERSON },
    }));

    expect(await store().due(NOW)).toEqual([OTHER_GUILD]);
    expect(await store().due(NOW + 1000)).toEqual([OTHER_GUILD, GUILD]);
    await store().change(OTHER_GUILD, ({ meeting: open }) => ({
      ...(open && { meeting: { ...open, state: 'over', announced: { at: NOW, hasThread: true } } }),
    }));
    await store().change(GUILD, () => ({
      meeting: { ...chosen, id: 'm000000000000008', state: 'passed' },
    }));

    expect(await store().due(NOW + 1000)).toEqual([GUILD]);
    expect(await store().history(OTHER_GUILD, 10)).toMatchObject([{ state: 'over', presenterId: PERSON }]);
    expect(await store().history(GUILD, 10)).toEqual([]);
  });

  it('take a paper once, and no more than there is room for', async () => {
    const pressed = await Promise.all([1, 2, 3, 4].map(() => nominate('2606.00001')));
    expect(pressed.toSorted()).toEqual(['added', 'present', 'present', 'present']);
    expect(await nominate('2606.00002', { limit: 1 })).toBe('full');

    await store().withdraw(GUILD, '2606.00001');
    expect(await nominate('2606.00002', { limit: 1 })).toBe('added');
  });

  it('forget a person, and keep what was proposed and read', async () => {
    const presented = { ...chosen, presenterId: PERSON };
    const delivery = planDelivery({
      id: 'd000000000000001',
      group,
      meeting: presented,
      purpose: 'announcement',
      now: NOW,
    });
    await nominate('2606.00001');
    await store().change(GUILD, () => ({ group, meeting: presented, presenters: [PERSON, OTHER], delivery }));
    await store().vote({ meetingId: meeting.id, userId: PERSON, paperId: '2606.00001' });
    expect(await store().of(PERSON)).toEqual({
      nominated: [{ guildId: GUILD, paperId: '2606.00001' }],
      votes: [{ meetingId: meeting.id, paperId: '2606.00001' }],
      presentsIn: [GUILD],
      presented: [meeting.id],
    });

    await store().removeOf(PERSON);

    expect(await store().of(PERSON)).toEqual({ nominated: [], votes: [], presentsIn: [], presented: [] });
    expect(await store().get(GUILD)).toMatchObject({ meeting: chosen, presenters: [OTHER] });
    expect((await store().get(GUILD)).nominations).toEqual([{ paperId: '2606.00001', nominatedAt: NOW }]);
    expect(JSON.stringify(await world.run('SELECT document FROM deliveries'))).not.toContain(PERSON);
    expect((await world.ledger.deliveries.openOf(readingId(GUILD)))?.id).toBe('d000000000000001');
  });

  it('leave a row alone that cannot be read', async () => {
    await store().change(GUILD, () => ({ group, meeting }));
    await world.run(`UPDATE meetings SET document = 'damaged{', wake_at = 0`);

    expect((await store().get(GUILD)).meeting).toBeUndefined();
    expect(await store().due(NOW)).toEqual([]);
    expect(world.logged).toEqual([{ table: 'meetings', key: meeting.id }]);
  });

  it('plan a delivery where the open one cannot be read any more', async () => {
    const plan = (id: string) => ({
      delivery: planDelivery({ id, group, meeting: chosen, purpose: 'announcement', now: NOW }),
    });
    await store().change(GUILD, () => ({ group, meeting: chosen, ...plan('d000000000000001') }));
    await world.run(`UPDATE deliveries SET document = '{}'`);

    await store().change(GUILD, () => plan('d000000000000002'));

    expect((await world.ledger.deliveries.openOf(readingId(GUILD)))?.id).toBe('d000000000000002');
  });

  it('count savers of a server who agreed to that, since an instant', async () => {
    const { savedPapers, forYouChoices } = world.ledger;
    for (const [userId, paperId, savedAt] of [
      [PERSON, '2606.00001', NOW],
      [PERSON, '2606.00002', NOW],
      [OTHER, '2606.00002', NOW + 1],
      [PERSON, '2606.00003', NOW - 1000],
      ['100000000000000009', '2606.00001', NOW],
    ] as const)
      await savedPapers.add(userId, [{ userId, paperId, savedAt }], 10);
    for (const userId of [PERSON, OTHER]) await forYouChoices.setCounts({ userId, guildId: GUILD, at: NOW });

    expect(await forYouChoices.savedMost(GUILD, { since: NOW, most: 5 })).toEqual([
      { paperId: '2606.00002', savers: 2 },
      { paperId: '2606.00001', savers: 1 },
    ]);
    expect(await forYouChoices.savedMost(OTHER_GUILD, { since: NOW, most: 5 })).toEqual([]);
  });
});
