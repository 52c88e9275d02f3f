import type { Random } from '../../src/calendar/clock.ts';
import { StorageError } from '../../src/errors.ts';
import type { Destination, Schedule } from '../../src/subscriptions/destination.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { pickOne } from '../../chaos/random.ts';
import { buildSubscription } from './build-destination.ts';
import type { HistoryWorld } from './history-world.ts';
import type { Answer } from './scripted-messenger.ts';

/** Whoever changes what comes to one place, and what happens there meanwhile. */
export interface Person {
  readonly world: HistoryWorld;
  readonly random: Random;
  readonly id: string;
}

type Deed = (person: Person) => void | Promise<void>;

const ANSWERS: readonly [Answer, ...Answer[]] = [
  { kind: 'failed', message: 'no answer', unknownFate: true, effect: true },
  { kind: 'failed', message: 'no answer', unknownFate: true },
  { kind: 'failed', message: 'not reached', unknownFate: false },
  { kind: 'blocked', code: 50_013, message: 'Missing Permissions' },
  { kind: 'bad-payload', code: 50_035, message: 'Invalid Form Body' },
];

/** With how many chances in a hundred each is done in a step; in the rest nothing is. */
const DEEDS: readonly (readonly [chances: number, name: string, deed: Deed])[] = [
  [10, 'a crash is near', ({ world }) => world.faults.plan('crash')],
  [10, 'a failing write is near', ({ world }) => world.faults.plan('failure')],
  [10, 'one now', askForSamples],
  [8, 'pause', pause],
  [12, 'resume', ({ world, id }) => change(world, id, ({ pausedAt: _ended, ...going }) => going)],
  [8, 'follow or unfollow', followOrUnfollow],
  [5, 'stop', ({ world }) => world.stop()],
  [17, 'a setback is near', answerBadly],
  [5, 'another schedule', reschedule],
];

/** One of the deeds, or nothing. */
export async function doSomething(person: Person): Promise<void> {
  let draw = person.random() * 100;
  for (const [chances, name, deed] of DEEDS) {
    draw -= chances;
    if (draw >= 0) continue;
    person.world.tell(name);
    await deed(person);
    return;
  }
}

function askForSamples({ world, random, id }: Person): void {
  const [subscription] = world.disk.subscriptions.get(id) ?? [];
  if (subscription === undefined) return;
  attend(world, world.bot().flow.sendSample(subscription));
  if (random() < 0.5) attend(world, world.bot().flow.sendSample(subscription));
}

function pause({ world, id }: Person): void {
  change(world, id, (destination) => ({ ...destination, pausedAt: world.clock.now() }));
  attend(world, world.bot().flow.cancel(id, 'paused'));
}

function followOrUnfollow({ world, random, id }: Person): void {
  const all = world.disk.subscriptions.get(id) ?? [];
  if (all.length < 2) {
    const made = followed(id, `s${world.story.length}`, pickOne(random, ['', 'A', 'B']));
    world.disk.subscriptions.set(id, [...all, made]);
    return;
  }
  world.disk.subscriptions.set(id, all.slice(0, 1));
  attend(world, world.bot().flow.cancel(id, 'unsubscribed'));
}

function answerBadly({ world, random, id }: Person): void {
  world.messenger.answer(id, pickOne(random, ANSWERS));
  if (id.startsWith('u'))
    world.messenger.answerOpening({ kind: 'failed', message: 'not reached', unknownFate: false });
}

function reschedule({ world, random, id }: Person): void {
  const at = pickOne<Schedule['at']>(random, [540, 545, 560, 'instantly']);
  change(world, id, (destination) => ({
    ...destination,
    scheduledSince: world.clock.now(),
    schedule: { ...destination.schedule, at },
  }));
}

/** What a person changes about the place. */
export function change(
  world: HistoryWorld,
  id: string,
  make: (destination: Destination) => Destination,
): void {
  const destination = world.disk.destinations.get(id);
  if (destination !== undefined) world.disk.destinations.set(id, make(destination));
}

export function followed(destinationId: string, id: string, query = ''): Subscription {
  return buildSubscription({ id, destinationId, topic: { name: query || 'Every paper', query } });
}

/** What a person asks for may fail as the disk does, and in no other way. */
function attend(world: HistoryWorld, asked: Promise<unknown>): void {
  asked.catch((error: unknown) => {
    if (!(error instanceof StorageError)) world.tell(`error ${String(error)}`);
  });
}
