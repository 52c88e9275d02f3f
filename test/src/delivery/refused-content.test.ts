import { describe, expect, it } from 'vitest';
import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../../src/calendar/zoned-time.ts';
import { whyPaper } from '../../../src/digest/explain-paper.ts';
import { CHANNEL, createWorldBeforeSlot, type DeliveryWorld, SLOT } from '../../support/delivery-world.ts';

const INSTANTLY = { at: 'instantly', zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7] } as const;

async function explain(world: DeliveryWorld, id: string) {
  const destination = await world.destination();
  if (destination === undefined) throw new Error('nothing is followed');
  const matches = destination.subscriptions.map((subscription) => ({ subscription, matches: true }));
  const record = (await world.records()).get(id);
  const paper = world.papers.get(id);
  return whyPaper({ destination, paper, matches, record, now: world.clock.now() }).status;
}

const forms = (world: DeliveryWorld) => world.posts().map(({ papers, form }) => [papers, form]);

describe('a message that Discord refuses for what it says', () => {
  it('comes as plain lines where it is the cards that are refused', async () => {
    const world = await createWorldBeforeSlot();
    world.list(['a', 'b']);
    world.transport.refusePaper('b', 'rich');

    await world.passSlot();

    expect(forms(world)).toEqual([[['a', 'b'], 'plain']]);
    expect(await world.states()).toEqual(['done']);
    expect(await world.destination()).not.toHaveProperty('trouble');
  });

  it.each([
    ['as malformed', 50_035],
    ['for a blocked link', 240_000],
    ['by the filter of the server', 200_000],
    ['by its title filter', 200_001],
  ])('because of one paper, %s, brings all others that day', async (_, code) => {
    const world = await createWorldBeforeSlot({ perStep: 4 });
    world.list(['a', 'b', 'c', 'd', 'e']);
    world.transport.refusePaper('b', 'always', code);

    await world.passSlot();

    expect(world.posted()).toEqual(['a', 'c', 'd', 'e']);
    expect(await explain(world, 'b')).toEqual({ kind: 'refused', at: SLOT, code });
    expect(await world.states()).toEqual(['done']);
    expect(await world.destination()).toMatchObject({ coveredSlot: SLOT, nextSlot: SLOT + DAY_MS });
    expect(await world.destination()).not.toHaveProperty('trouble');
  });

  it('because of one paper is not tried with it again, however often papers come', async () => {
    const world = await createWorldBeforeSlot({}, { schedule: INSTANTLY });
    world.list(['a', 'b']);
    world.transport.refusePaper('b', 'always', 240_000);
    await world.passTo(SLOT + HOUR_MS, 10 * MINUTE_MS);
    const before = world.attempts().length;

    world.list(['c']);
    await world.passTo(SLOT + DAY_MS, 10 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'c']);
    expect(world.attempts().length - before).toBe(1);
  });

  it('mentions the role once, with what is sent in its place', async () => {
    const world = await createWorldBeforeSlot({}, { mention: '7' });
    world.list(['a', 'b', 'c']);
    world.transport.refusePaper('a', 'always', 240_000);

    await world.passSlot();

    expect(world.posts().map(({ papers, role }) => [papers, role])).toEqual([
      [[], '7'],
      [['b'], undefined],
      [['c'], undefined],
    ]);
  });

  it('is split into steps with numbers of their own, so that no old nonce answers for them', async () => {
    const world = await createWorldBeforeSlot({ perStep: 2 });
    world.list(['a', 'b', 'c']);
    world.transport.refusePaper('a', 'always', 240_000);

    await world.passSlot();

    expect(world.posted()).toEqual(['b', 'c']);
    const steps = (await world.deliveries())[0]?.steps.map(({ n, status }) => [n, status]);
    expect(steps).toEqual([
      [0, 'split'],
      [2, 'refused'],
      [3, 'sent'],
      [1, 'sent'],
    ]);
  });

  it('goes on after a crash in the middle of it, and nothing comes twice', async () => {
    const world = await createWorldBeforeSlot({ perStep: 4 });
    world.list(['a', 'b', 'c', 'd']);
    world.transport.refusePaper('b', 'always', 240_000);
    const sent = { kind: 'sent', messageId: '1', effect: true } as const;
    const refused = { kind: 'content', code: 240_000, message: 'refused' } as const;
    world.transport.answer(CHANNEL, refused, refused, sent, new Promise(() => {}));
    await world.passSlot();

    await world.restart();
    await world.passTo(SLOT + 5 * MINUTE_MS);

    expect(world.posted()).toEqual(['a', 'c', 'd']);
    expect(await explain(world, 'b')).toMatchObject({ kind: 'refused' });
  });
});

describe('a digest of which Discord refuses every paper', () => {
  async function refuseAll(code: number, about: Parameters<typeof createWorldBeforeSlot>[1] = {}) {
    const world = await createWorldBeforeSlot({}, about);
    const ids = ['a', 'b', 'c'];
    for (const id of ids) world.transport.refusePaper(id, 'always', code);
    world.list(ids);
    return world;
  }

  it.each([
    ['as malformed, which is the fault of the renderer', 50_035, 'error'],
    ["by the server's AutoMod", 200_000, 'warn'],
    ['for a reason that nobody knows', 0, 'warn'],
  ])('%s, records nothing, is shown and logged, and comes once it is well', async (_, code, level) => {
    const world = await refuseAll(code);
    await world.passSlot();

    expect(await world.records()).toEqual(new Map());
    expect(await world.states()).toEqual(['rejected']);
    expect(await world.destination()).toMatchObject({ trouble: { kind: 'blocked', code } });
    const logged = world.logged.filter(({ message }) => /malformed|whatever is sent/.test(message));
    expect(logged.map((line) => line.level)).toEqual([level]);
    for (const id of ['a', 'b', 'c']) world.transport.acceptPaper(id);
    await world.passSlot(1);

    expect(world.posted()).toEqual(['a', 'b', 'c']);
    expect(await world.destination()).not.toHaveProperty('trouble');
  });

  it('is tried once an hour with `instantly`', async () => {
    const world = await refuseAll(200_000, { schedule: INSTANTLY });

    await world.passTo(SLOT + 3 * HOUR_MS - 10 * MINUTE_MS, 10 * MINUTE_MS);

    expect(await world.states()).toEqual(['rejected', 'rejected', 'rejected']);
  });
});
