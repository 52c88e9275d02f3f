import { once } from 'node:events';
import { setTimeout } from 'node:timers/promises';
import { HOUR_MS, type Instant } from '../src/calendar/zoned-time.ts';
import { audit, findMissing, type Violation } from './audit/audit.ts';
import { GRACE_MS } from './audit/evidence/deadlines.ts';
import type { History } from './audit/history.ts';
import { OF_MEETINGS } from './audit/promises.ts';
import { canBeMet, type Fault, type Tally } from './faults/fault.ts';
import { CALM_FAULTS, passCalm } from './faults/calms.ts';
import { CONDITIONS } from './faults/conditions.ts';
import { MEETINGS_MS, passMeetings } from './groups/pass-meetings.ts';
import { GONE_FOR_A_MONTH, passMonth } from './faults/gone-for-a-month.ts';
import { createDeck, runStorm } from './faults/run-storm.ts';
import { chooseFaults } from './faults/table.ts';
import { createRandom } from './random.ts';
import { buildReport, listComplaints, type Report } from './report/report.ts';
import { setUp } from './set-up.ts';
import { type ChaosWorld, startChaosWorld } from './world.ts';

export interface ChaosOptions {
  readonly seed: number;
  readonly minutes: number;
  readonly channels: number;
  /** Names of the faults that may come; all when absent. */
  readonly faults?: readonly string[];
  /** Names of the faults that come before all others. */
  readonly first?: readonly string[];
  /** The checkout whose bot is run; this one when absent. */
  readonly root?: string | undefined;
  /** So many processes on a PostgreSQL of their own; one on SQLite when absent. */
  readonly replicas?: number | undefined;
  /** It ends with the first complaint that stays. */
  readonly isHasty?: boolean;
  readonly log: (line: string) => void;
  /** Ends the run before its time. */
  readonly signal?: AbortSignal;
}

const STORM_MS = 100_000;
/** Longer than what counts as late, or no calm would show anything. */
const CALM_MS = 75_000;
/** The last slots: everything that is still owed comes now. */
const LAST_LEAPS = 4;
const LAST_LEAP_MS = 6 * HOUR_MS;
const SETTLE_MS = 2_500;
/** Real: what a storm held up is sent by then, before the days go by as fast as that. */
const RESTED_AFTER_MS = 10_000;
const SHORTEST_STORM_MS = 5_000;
/** A month is passed at the end of runs that are as long. */
const MINUTES_WITH_MONTH = 4;
/** And a week of meetings without trouble at the end of those. */
const MINUTES_WITH_MEETINGS = 3;
/** How often a hasty run asks the auditor. */
const LOOK_EVERY_MS = 8_000;

/**
 * One run: storms and calms in turn, then a last day without trouble, then the audit. Raises when the signal ends it
 * early; nothing is left behind then either.
 */
export async function runChaos(options: ChaosOptions): Promise<Report> {
  const { signal = new AbortController().signal } = options;
  const startedAt = Date.now();
  pickFaults(options);
  const world = await startChaosWorld(options);
  const over = new AbortController();
  const interrupted = once(signal, 'abort', { signal: over.signal }).then((): never => {
    throw signal.reason;
  });
  interrupted.catch(() => undefined);
  try {
    signal.throwIfAborted();
    const report = runIn(world, options, { startedAt, over: over.signal });
    // One that is interrupted fails sooner or later, with its world gone.
    report.catch(() => undefined);
    return await Promise.race([report, interrupted]);
  } finally {
    over.abort();
    await world.close();
  }
}

async function runIn(
  world: ChaosWorld,
  options: ChaosOptions,
  { startedAt, over }: { readonly startedAt: Instant; readonly over: AbortSignal },
): Promise<Report> {
  const tally: Tally = {};
  const course = takeCourse(options, world, { startedAt, tally });
  course.catch(() => undefined);
  await Promise.race([course, ...(options.isHasty === true ? [awaitComplaint(world, over)] : [])]);
  const { owed } = findMissing(world.history());
  const { history, violations } = await judgeAll(options, world);
  if (options.minutes >= MINUTES_WITH_MONTH && options.isHasty !== true)
    tally[GONE_FOR_A_MONTH.name] = await passMonth(world);
  return buildReport({ options, world, history, owed, violations, tally, startedAt });
}

/** What comes to places up to the last day, and what the meetings of groups bring up to a week after it. */
async function judgeAll(
  options: ChaosOptions,
  world: ChaosWorld,
): Promise<{ readonly history: History; readonly violations: readonly Violation[] }> {
  const history = world.history();
  const violations = audit(history);
  const isOver = options.isHasty === true && listComplaints(violations).length > 0;
  if (!hasMeetings(options) || isOver) return { history, violations };
  await passMeetings(world, createRandom(options.seed, 8));
  const later = world.history();
  const isOfMeetings = ({ kind }: Violation) => OF_MEETINGS.includes(kind);
  return {
    history: { ...history, groups: later.groups, messages: later.messages },
    violations: [...violations.filter((one) => !isOfMeetings(one)), ...audit(later).filter(isOfMeetings)],
  };
}

function hasMeetings({ minutes }: ChaosOptions): boolean {
  return minutes >= MINUTES_WITH_MEETINGS;
}

/** Until the auditor complains at two looks in a row. */
async function awaitComplaint(world: ChaosWorld, signal: AbortSignal): Promise<void> {
  for (let found = 0; found < 2 && !signal.aborted;) {
    await setTimeout(LOOK_EVERY_MS);
    found = listComplaints(audit(world.history())).length === 0 ? 0 : found + 1;
  }
}

async function takeCourse(
  options: ChaosOptions,
  world: ChaosWorld,
  { startedAt, tally }: { readonly startedAt: Instant; readonly tally: Tally },
): Promise<void> {
  const { seed, log } = options;
  const lastDayMs = (LAST_LEAPS + 1) * SETTLE_MS + RESTED_AFTER_MS;
  const meetingsMs = hasMeetings(options) ? MEETINGS_MS : 0;
  const endsAt = startedAt + options.minutes * 60_000 - lastDayMs - meetingsMs;
  await setUp(world, seed);
  log(`${world.channels.length} channels are set up`);
  const random = createRandom(seed, 2);
  const faults = pickFaults(options);
  const draw = createDeck(faults, random, {
    seed,
    first: (options.first ?? []).flatMap((name) => chooseFaults([name])),
  });
  const first = faults.find(({ name }) => name === 'kill');
  const calmFaults =
    options.faults === undefined ? CALM_FAULTS.filter((one) => canBeMet(one, options.replicas)) : [];
  for (let storms = 0; storms === 0 || endsAt - Date.now() > SHORTEST_STORM_MS; storms += 1) {
    const until = Math.max(Math.min(Date.now() + STORM_MS, endsAt), Date.now() + SHORTEST_STORM_MS);
    await runStorm({ storm: { world, random, until, tally }, draw, first });
    log(`a storm is over: ${world.supervisor.lives.length} lives so far`);
    const ms = Math.max(0, Math.min(CALM_MS, endsAt - Date.now()));
    // A shorter one shows nothing.
    const begunWith = ms < CALM_MS ? [] : calmFaults;
    await passCalm({ world, random, tally }, { ms, turn: seed + storms, faults: begunWith });
  }
  await passLastDay(world);
  countConditions(world, { startedAt, tally });
}

/** Those that may come, and can. Raises for a name of none, and where one that was named cannot be met. */
function pickFaults({ faults: names, first = [], replicas }: ChaosOptions): readonly Fault[] {
  const chosen = chooseFaults(names);
  const named = [...(names === undefined ? [] : chosen), ...chooseFaults(first)];
  const vain = named.find((fault) => !canBeMet(fault, replicas));
  if (vain !== undefined) throw new Error(`The fault ${vain.name} needs ${vain.needs}`);
  return chosen.filter((fault) => canBeMet(fault, replicas));
}

function countConditions(
  world: ChaosWorld,
  { startedAt, tally }: { readonly startedAt: Instant; readonly tally: Tally },
): void {
  const { timeline } = world;
  const span = { from: timeline.virtualAt(startedAt), to: timeline.now() };
  for (const { name, count } of CONDITIONS) tally[name] = count(world, span);
}

/**
 * A slot of every channel without trouble, then as long as it takes for all that is owed to come, within what counts
 * as late.
 */
async function passLastDay(world: ChaosWorld): Promise<void> {
  await world.supervisor.start();
  await setTimeout(RESTED_AFTER_MS);
  for (let count = 0; count < LAST_LEAPS; count += 1) {
    world.leap(LAST_LEAP_MS);
    await setTimeout(SETTLE_MS);
  }
  const until = Date.now() + GRACE_MS + SETTLE_MS;
  do await setTimeout(SETTLE_MS);
  while (findMissing(world.history()).missing > 0 && Date.now() <= until);
}
