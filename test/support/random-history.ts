import { DAY_MS, HOUR_MS, localTimeAt, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import { eventsOf } from '../../src/papers/paper-event.ts';
import { noticeKey } from '../../src/digest/notices/notice-key.ts';
import type { Destination, OpenPlace, Schedule } from '../../src/subscriptions/destination.ts';
import { createRandom, pickNumber, pickOne } from '../../chaos/random.ts';
import { Crash } from './delivery-world.ts';
import { doSomething, FOLLOWED, listPapers, type Person, topicOf } from './history-deeds.ts';
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
const PERSON = { kind: 'dm', userId: SNOWFLAKE } as const;

/** Three days of deliveries in one place, and a calm week, told by a seed; the same seed tells the same. */
export async function liveHistory(seed: number): Promise<History> {
  const random = createRandom(seed, 0);
  const history = await createHistoryWorld(random, START);
  const isDm = random() < 0.3;
  const person: Person = { history, random, id: isDm ? `u${SNOWFLAKE}` : `c${SNOWFLAKE}` };
  await settle(person, isDm ? { place: PERSON } : {});
  listPapers(person, 4);
  await followPapers(person, isDm);
  await history.passTo(FIRST_MORNING);
  for (let day = 0; day < DAYS; day += 1) {
    await liveBusily(person);
    await history.liveQuietlyTo(FIRST_MORNING + (day + 1) * DAY_MS);
  }
  await liveCalmly(person);
  return judge(person);
}

async function settle(
  { history: { world }, random, id }: Person,
  about: Partial<Destination>,
): Promise<void> {
  const hides: Partial<Destination> = random() < 0.5 ? { overflow: 'hide', max: 3 } : {};
  const at = pickOne<Schedule['at']>(random, [540, 541, 'instantly']);
  const schedule: Schedule = { at, zone: 'Europe/Berlin', days: [1, 2, 3, 4, 5, 6, 7] };
  await world.follow({ id, mention: '7', schedule, ...hides, ...about }, { id: 'every', ...topicOf() });
  await world.follow({ id }, { id: 'second', ...topicOf('A') });
}

async function followPapers({ history: { world } }: Person, isDm: boolean): Promise<void> {
  const place: OpenPlace = isDm
    ? { ...PERSON, channelId: '8' }
    : { kind: 'channel', channelId: SNOWFLAKE, guildId: '2', channelKind: 'text' };
  for (const paper of [...world.papers.keys()].slice(0, FOLLOWED)) await world.followPaper(paper, { place });
}

async function liveBusily(person: Person): Promise<void> {
  const { history, random } = person;
  const { world } = history;
  listPapers(person, 3);
  for (let step = 0; step < DEEDS_A_DAY; step += 1) {
    await doSomething(person);
    if (random() < 0.3) listPapers(person, 1);
    await history.passTo(world.clock.now() + pickOne(random, [1, 1, 1, 2, 7, 30]) * MINUTE_MS);
    world.setSource(random() < 0.5);
    await history.tick(pickNumber(random, 0, 30));
  }
}

/** Long enough for everything that waits to come, or to be given up, and a last start for what only a start finds. */
async function liveCalmly({ history, id }: Person): Promise<void> {
  const { world } = history;
  await history.calmDown();
  await world.change(({ pausedAt: _ended, trouble: _mended, ...calm }) => calm, id);
  await world.reschedule({ at: 540 }, id);
  await world.follow({ id }, { id: 'last', ...topicOf() });
  await history.liveQuietlyTo(world.clock.now() + 4 * DAY_MS + HOUR_MS);
  await history.stop();
  await history.liveQuietlyTo(world.clock.now() + DAY_MS);
  await world.tick();
}

async function judge(person: Person): Promise<History> {
  const {
    history: { world, story },
    id,
  } = person;
  const posted = world.posted(id);
  const records = await world.records(id);
  const sent = [...records.values()].filter(({ kind }) => kind === 'sent').map(({ paperId }) => paperId);
  const mentions = world.posts(id).filter(({ role }) => role !== undefined);
  const faults = {
    'came twice': repeated(posted),
    'never came': [...world.papers.keys()].filter((paper) => !records.has(paper)),
    'was not told': newsOf(person).filter((key) => !records.has(key)),
    'came and is not counted': posted.filter((paper) => !sent.includes(paper)),
    'is counted and never came': sent.filter((paper) => !posted.includes(paper)),
    'mentioned the role twice': repeated(mentions.map(({ at }) => localTimeAt(at, 'Europe/Berlin').day)),
    'is still open': (await world.deliveries(id))
      .filter(({ state }) => state === 'open')
      .map((one) => one.id),
    'is a bug': world.logged.filter(isBug).map(({ fields }) => JSON.stringify(fields)),
  };
  const told = Object.entries(faults).flatMap(([what, ids]) => ids.map((about) => `${about} ${what}`));
  const logged = new Set(world.logged.map(({ message }) => message));
  return {
    story: [...story, ...[...logged].map((message) => `logged: ${message}`)],
    faults: [...told, ...story.filter((event) => event.includes(' error '))],
  };
}

/** All that has come to the papers that are followed. */
function newsOf({ history: { world } }: Person): readonly string[] {
  const followed = [...world.papers.values()].slice(0, FOLLOWED);
  return followed.flatMap((paper) => eventsOf(paper).map((event) => noticeKey(paper.id, event)));
}

function isBug({ message, fields }: { readonly message: string; readonly fields: object }): boolean {
  return message === 'unexpected error' && !('err' in fields && fields.err instanceof Crash);
}

function repeated(all: readonly string[]): readonly string[] {
  return all.filter((one, index) => all.indexOf(one) !== index);
}
