import type { Random } from '../../src/calendar/clock.ts';
import { listDayAt } from '../../src/calendar/list-day.ts';
import type { Paper } from '../../src/papers/paper.ts';
import type { Schedule } from '../../src/subscriptions/destination.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { pickNumber, pickOne } from '../../chaos/random.ts';
import { buildPaper } from './build-paper.ts';
import type { HistoryWorld } from './history-world.ts';
import type { Answer } from './scripted-transport.ts';

/** Whoever changes what comes to one place, and what happens there meanwhile. */
export interface Person {
  readonly history: HistoryWorld;
  readonly random: Random;
  readonly id: string;
}

/** So many of the first papers are followed one by one. */
export const FOLLOWED = 3;

type Deed = (person: Person) => void | Promise<void>;

const BLOCKED = { kind: 'blocked', code: 50_013, message: 'Missing Permissions' } as const;
const ANSWERS: readonly [Answer, ...Answer[]] = [
  { kind: 'unclear', message: 'no answer', effect: true },
  { kind: 'unclear', message: 'no answer', effect: 14_000 },
  { kind: 'unclear', message: 'no answer' },
  { kind: 'failed', message: 'too many' },
  { kind: 'content', code: 50_035, message: 'Invalid Form Body' },
  BLOCKED,
];

/** With how many chances in a hundred each is done in a step; in the rest nothing is. */
const DEEDS: readonly (readonly [chances: number, name: string, deed: Deed])[] = [
  [10, 'a crash is near', ({ history }) => history.plan('crash')],
  [10, 'a failing write is near', ({ history }) => history.plan('failure')],
  [9, 'one now', askForSamples],
  [7, 'pause', ({ history, id }) => history.attend(history.world.pause(id))],
  [9, 'resume', ({ history, id }) => history.attend(history.world.resume(id))],
  [8, 'follow or unfollow', followOrUnfollow],
  [5, 'stop', ({ history }) => history.stop()],
  [11, 'a bad answer is near', answerBadly],
  [5, 'another schedule', reschedule],
  [4, 'nobody is let in', ({ history, id }) => history.world.transport.answerAlways(id, BLOCKED)],
  [6, 'let in again', ({ history, id }) => history.world.transport.answerAlways(id, undefined)],
  [6, 'look-ups', turnLookUps],
  [4, 'a paper that Discord does not take', refuseNewest],
  [6, 'news of a followed paper', giveNews],
];

/** One of the deeds, or nothing. */
export async function doSomething(person: Person): Promise<void> {
  let draw = person.random() * 100;
  for (const [chances, name, deed] of DEEDS) {
    draw -= chances;
    if (draw >= 0) continue;
    person.history.tell(name);
    await deed(person);
    return;
  }
}

export function listPapers({ history: { world }, random }: Person, count: number): void {
  for (let made = 0; made < count; made += 1) {
    const id = `2606.${String(world.papers.size + 1).padStart(5, '0')}`;
    const title = `${pickOne(random, ['A', 'B', 'AB'])} ${id}`;
    const listed = { listDay: listDayAt(world.clock.now()), firstSeenAt: world.clock.now() };
    world.papers.set(id, { ...buildPaper({ id, title }), ...listed });
  }
}

/** A topic whose papers count from the first day on. */
export function topicOf(query = ''): Partial<Subscription> {
  return { topic: { name: query || 'Every paper', query }, startDay: '2026-06-01' };
}

async function askForSamples({ history, random, id }: Person): Promise<void> {
  const [subscription] = (await history.world.destination(id))?.subscriptions ?? [];
  if (subscription === undefined) return;
  history.attend(history.world.press(subscription));
  if (random() < 0.5) history.attend(history.world.press(subscription));
}

async function followOrUnfollow({ history, random, id }: Person): Promise<void> {
  const { world } = history;
  const [first, second] = (await world.destination(id))?.subscriptions ?? [];
  if (second !== undefined) return history.attend(world.unfollow(second.id, id));
  const made = { id: `s${history.story.length}`, ...topicOf(pickOne(random, ['', 'A', 'B'])) };
  if (first !== undefined) await world.follow({ id }, made);
}

function answerBadly({ history: { world }, random, id }: Person): void {
  world.transport.answer(
    id,
    ...Array.from({ length: pickNumber(random, 1, 2) }, () => pickOne(random, ANSWERS)),
  );
  if (id.startsWith('u')) world.transport.answerOpening({ kind: 'failed', message: 'not reached' });
}

function turnLookUps({ history: { world }, random }: Person): void {
  world.transport.see(random() < 0.5 ? 'honest' : { kind: 'unanswered' });
}

function refuseNewest({ history: { world } }: Person): void {
  const newest = [...world.papers.keys()].at(-1);
  if (newest !== undefined) world.transport.refusePaper(newest, 'always', 240_000);
}

function giveNews({ history: { world }, random, id }: Person): void {
  const papers = [...world.papers.keys()].slice(0, FOLLOWED);
  const paper = papers[pickNumber(random, 0, papers.length - 1)];
  const news = pickOne<Partial<Paper>>(random, [
    { code: { url: 'https://github.com/a/b' } },
    { upvotes: 100 },
  ]);
  if (paper === undefined) return;
  world.list([paper], news);
  if (random() < 0.3) world.transport.answer(id, pickOne(random, ANSWERS));
}

function reschedule({ history, random, id }: Person): void {
  const at = pickOne<Schedule['at']>(random, [540, 545, 560, 'instantly']);
  history.attend(history.world.reschedule({ at }, id));
}
