import { describe, expect, it } from 'vitest';
import { DAY_MS } from '../../../../src/calendar/zoned-time.ts';
import { planStep } from '../../../../src/delivery/delivery.ts';
import { UserError } from '../../../../src/errors.ts';
import {
  followPaper,
  MOST_FOLLOWS,
  type PaperFollow,
  unfollowAllPapers,
  unfollowPaper,
} from '../../../../src/subscriptions/follow-paper.ts';
import { buildDelivery, buildDestination, buildStep } from './build-rows.ts';
import { DATABASES, NOW, useLedger } from './ledger-world.ts';

const PERSON = 'u100000000000000007';
const OTHER = 'u100000000000000008';
const placeOf = (id: string) => ({ kind: 'dm', userId: id.slice(1), channelId: '5' }) as const;

describe.each(DATABASES)('followed papers, on $name', (database) => {
  const world = useLedger(database);
  const follow = (paperId: string, about: { id?: string; at?: number } = {}) => {
    const { id = PERSON, at = NOW } = about;
    const wish = { paperId, place: placeOf(id), known: ['code'] as const, by: id.slice(1), now: at };
    return followPaper(wish, world.ledger.follows);
  };
  const idsOf = (follows: readonly PaperFollow[]) => follows.map(({ paperId }) => paperId);
  const followed = async (id = PERSON, now = NOW) => idsOf(await world.ledger.follows.of(id, now));

  async function planNotice(papers: readonly string[]): Promise<boolean> {
    const steps = [planStep(buildStep(0, { papers }), 0)];
    const notice = buildDelivery({
      id: 'n1',
      destinationId: PERSON,
      place: placeOf(PERSON),
      kind: 'notice',
      steps,
    });
    return world.ledger.deliveries.plan(notice, (_, present) =>
      papers.every((key) => idsOf(present).some((id) => key.startsWith(`${id}#`))),
    );
  }

  it('are kept in order, with all that is known of them, over a restart', async () => {
    await follow('2606.00002');
    const { follow: made, isNew } = await follow('2606.00001', { at: NOW + 1 });
    expect(isNew).toBe(true);

    await world.reopen();

    expect(await followed(PERSON, NOW + 2)).toEqual(['2606.00002', '2606.00001']);
    expect((await world.ledger.follows.of(PERSON, NOW))[1]).toEqual(made);
  });

  it('stay as they are when they are followed again, until they end', async () => {
    await follow('2606.00001');

    expect(await follow('2606.00001', { at: NOW + DAY_MS })).toMatchObject({
      isNew: false,
      follow: { followedAt: NOW },
    });
    expect(await followed(PERSON, NOW + 90 * DAY_MS)).toEqual([]);
    expect(await follow('2606.00001', { at: NOW + 90 * DAY_MS })).toMatchObject({ isNew: true });
  });

  it('are found by their papers, as long as they last', async () => {
    await follow('2606.00001');
    await follow('2606.00001', { id: OTHER, at: NOW + DAY_MS });
    await follow('2606.00002', { id: OTHER });
    const { follows } = world.ledger;

    expect(await follows.papers(NOW)).toEqual(['2606.00001', '2606.00002']);
    expect(await follows.followersOf(['2606.00001', '2606.00003'], NOW)).toEqual([PERSON, OTHER]);
    expect(await follows.papers(NOW + 90 * DAY_MS)).toEqual(['2606.00001']);
    expect(await follows.followersOf(['2606.00001'], NOW + 90 * DAY_MS)).toEqual([OTHER]);
  });

  it('are bounded for each place', async () => {
    for (let count = 0; count < MOST_FOLLOWS; count += 1) await follow(`2606.${10_000 + count}`);

    await expect(follow('2606.00001')).rejects.toThrow(UserError);

    expect(await followed()).toHaveLength(MOST_FOLLOWS);
    await follow('2606.00001', { id: OTHER });
    await unfollowPaper({ destinationId: PERSON, paperId: '2606.10000' }, world.ledger.follows);
    await follow('2606.00001');
  });

  it('lose none of ten changes that come at once', async () => {
    const ids = Array.from({ length: 10 }, (_, at) => `2606.0000${at}`);

    await Promise.all(ids.map((id) => follow(id)));

    expect((await followed()).toSorted()).toEqual(ids);
  });

  it('are what a notice is planned for, also where there is no destination', async () => {
    await follow('2606.00001');

    expect(await planNotice(['2606.00002#code'])).toBe(false);
    expect(await planNotice(['2606.00001#code'])).toBe(true);
    expect(await world.ledger.deliveries.get('n1')).toMatchObject({
      delivery: { kind: 'notice' },
      destination: undefined,
    });
    expect(await world.ledger.deliveries.open()).toEqual([{ id: 'n1', destinationId: PERSON, kind: 'dm' }]);
  });

  it('give up an open notice with its paper, and no other delivery', async () => {
    await follow('2606.00001');
    await follow('2606.00002');
    await planNotice(['2606.00001#code', '2606.00001#model']);
    const givenUp = async () => (await world.ledger.deliveries.openOf(PERSON))?.givenUp;

    await unfollowPaper({ destinationId: PERSON, paperId: '2606.00002' }, world.ledger.follows);
    expect(await givenUp()).toBeUndefined();
    await unfollowPaper({ destinationId: PERSON, paperId: '2606.00001' }, world.ledger.follows);

    expect(await givenUp()).toEqual({ reason: 'unfollowed', at: NOW });
  });

  it('leave a digest alone that is open', async () => {
    const { destinations, deliveries, follows } = world.ledger;
    await destinations.change(PERSON, () => ({
      destination: buildDestination({ id: PERSON, place: placeOf(PERSON) }),
    }));
    await follow('2606.00001');
    await deliveries.plan(buildDelivery({ destinationId: PERSON, place: placeOf(PERSON) }), () => true);

    await unfollowAllPapers(PERSON, follows);

    expect((await deliveries.openOf(PERSON))?.givenUp).toBeUndefined();
    expect(await followed()).toEqual([]);
  });

  it('cost nothing but themselves where a row cannot be read, and end with the rest', async () => {
    await follow('2606.00001');
    await follow('2606.00002');
    await world.run(`UPDATE follows SET document = 'damaged{' WHERE paper_id = '2606.00001'`);

    expect(await followed()).toEqual(['2606.00002']);
    expect(world.logged).toEqual([{ table: 'follows', key: `${PERSON}:2606.00001` }]);
    await unfollowAllPapers(PERSON, world.ledger.follows);
    expect(await world.run('SELECT paper_id FROM follows')).toEqual([]);
  });

  it('are purged after 90 days', async () => {
    await world.ledger.purgeIfDue();
    await follow('2606.00001');
    await follow('2606.00002', { at: NOW + 10 * DAY_MS });

    while (world.now < NOW + 91 * DAY_MS) {
      world.now += DAY_MS;
      await world.ledger.purgeIfDue();
    }

    expect(await world.run('SELECT paper_id FROM follows')).toEqual([{ paper_id: '2606.00002' }]);
  });
});
