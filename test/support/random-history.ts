import { DAY_MS, HOUR_MS, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import type { Destination, Place, Schedule } from '../../src/subscriptions/destination.ts';
import { createRandom, pickNumber, pickOne } from '../../chaos/random.ts';
import { buildDestination } from './build-destination.ts';
import { change, doSomething, followed, type Person } from './history-deeds.ts';
import { createHistoryWorld } from './history-world.ts';

export interface History {
  /** What came to pass, for whoever looks for the cause. */
  readonly story: readonly string[];
  /** What should never be, such as a paper that came twice. */
  readonly faults: readonly string[];
}

const START = Date.UTC(2026, 5, 8, 12);
/** Two minutes before the time of the digest. */
const FIRST_MORNING = Date.UTC(2026, 5, 9, 6, 58);
const DAYS = 3;
const DEEDS_A_DAY = 14;
const SNOWFLAKE = '100000000000000001';
const PERSON: Place = { kind: 'dm', userId: SNOWFLAKE };

/** Three days of deliveries in one place, and a calm week, told by a seed; the same seed tells the same. */
export async function liveHistory(seed: number): Promise<History> {
  const random = createRandom(seed, 0);
  const world = await createHistoryWorld(random, START);
  const isDm = world.kind === 'message' && random() < 0.4;
  const person = { world, random, id: isDm ? `u${SNOWFLAKE}` : `c${SNOWFLAKE}` };
  settle(person, isDm ? { place: PERSON } : {});
  world.list(4);
  world.collect();
  await world.passTo(FIRST_MORNING);
  for (let day = 0; day < DAYS; day += 1) {
    await liveBusily(person);
    world.faults.clear();
    await world.liveQuietlyTo(FIRST_MORNING + (day + 1) * DAY_MS);
  }
  await liveCalmly(person);
  return judge(person);
}

function settle({ world, random, id }: Person, about: Partial<Destination>): void {
  const since = { scheduledSince: world.clock.now(), createdAt: world.clock.now() };
  const hides: Partial<Destination> = random() < 0.5 ? { rest: 'hide', max: 3 } : {};
  const made = buildDestination({ id, ...since, ...hides, ...about });
  const at = pickOne<Schedule['at']>(random, [540, 541, 'instantly']);
  world.disk.destinations.set(id, { ...made, schedule: { ...made.schedule, at } });
  world.disk.subscriptions.set(id, [followed(id, 'every'), followed(id, 'second', 'A')]);
}

async function liveBusily(person: Person): Promise<void> {
  const { world, random } = person;
  world.list(3);
  for (let step = 0; step < DEEDS_A_DAY; step += 1) {
    await doSomething(person);
    if (random() < 0.3) world.list(1);
    await world.passTo(world.clock.now() + pickOne(random, [1, 1, 1, 2, 7, 30]) * MINUTE_MS);
    if (random() < 0.5) world.collect();
    await world.tick(pickNumber(random, 0, 30));
  }
}

/** Long enough for everything that waits to come, or to be given up, and a last start for what only a start finds. */
async function liveCalmly({ world, id }: Person): Promise<void> {
  await world.calmDown();
  change(world, id, ({ pausedAt: _ended, trouble: _mended, instantlySince: _since, ...calm }) => ({
    ...calm,
    schedule: { ...calm.schedule, at: 540 },
  }));
  world.disk.subscriptions.set(id, [followed(id, 'last')]);
  await world.liveQuietlyTo(world.clock.now() + 6 * DAY_MS + HOUR_MS);
  await world.stop();
  await world.liveQuietlyTo(world.clock.now() + DAY_MS);
}

async function judge({ world, id }: Person): Promise<History> {
  const { deliveries } = world.bot();
  await deliveries.tidy();
  const posted = world.messenger.posts.flatMap(({ papers }) => papers);
  const sent = await deliveries.sentPapers(id);
  const passedOver = await deliveries.passedOver(id);
  const seen = new Set(posted);
  const counted = [...sent.keys()].filter((paper) => !passedOver.has(paper));
  const faults = {
    'came twice': posted.filter((paper, index) => posted.indexOf(paper) !== index),
    'never came': [...world.papers.keys()].filter((paper) => !seen.has(paper) && !sent.has(paper)),
    'came and is not counted': posted.filter((paper) => !sent.has(paper)),
    'is counted and never came': counted.filter((paper) => !seen.has(paper)),
    'is still open': [...world.plans.keys()],
  };
  const told = Object.entries(faults).flatMap(([what, ids]) => ids.map((about) => `${about} ${what}`));
  return {
    story: world.story,
    faults: [...told, ...world.story.filter((event) => event.includes(' error '))],
  };
}
