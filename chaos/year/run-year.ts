import pLimit from 'p-limit';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../../src/calendar/zoned-time.ts';
import { audit, findMissing, type Violation } from '../audit/audit.ts';
import { slotsBetween } from '../audit/evidence/slots.ts';
import { createRandom } from '../random.ts';
import { listComplaints } from '../report/report.ts';
import { pickChange } from './places.ts';
import { type Measure, startYearWorld, type YearOptions, type YearWorld } from './year-world.ts';

export interface MonthMeasure extends Measure {
  readonly month: string;
}

export interface YearReport {
  readonly days: number;
  readonly places: number;
  readonly papers: number;
  readonly owed: number;
  readonly messages: number;
  readonly edits: number;
  readonly violations: readonly Violation[];
  readonly months: readonly MonthMeasure[];
  /** What the bot logged as wrong, and how often. */
  readonly logged: ReadonlyMap<string, number>;
}

/** Posts are edited for three days. */
const KEPT_MS = 4 * DAY_MS;
/** How many places a day are changed by somebody. */
const CHANGES_A_DAY = 0.7;
const ORDERS_AT_ONCE = 8;
/** What was collected before an order is surely kept by then. */
const ORDERS_AFTER_MS = 10_000;
/** The bot looks each minute. */
const NEXT_TICK_MS = 30_000;

/** A year, from slot to slot, at the pace of the machine; then the audit of all of it. */
export async function runYear(
  options: YearOptions & { readonly log: (line: string) => void },
): Promise<YearReport> {
  const { seed, start, days, log } = options;
  const world = await startYearWorld(options);
  const random = createRandom(seed, 2);
  const months: MonthMeasure[] = [];
  const channels = world.people.map(({ channel }) => channel);
  try {
    await lookUntilQuiet(world, start);
    await world.moveTo(world.now() + ORDERS_AFTER_MS);
    const limit = pLimit(ORDERS_AT_ONCE);
    await Promise.all(
      world.people.map(({ channel, first }) =>
        limit(async () => {
          for (const order of first) await channel.give(order);
        }),
      ),
    );
    await world.moveTo(world.now() + NEXT_TICK_MS);
    log(`${world.people.length} places are set up`);
    for (let day = 0; day < days; day += 1) {
      const begins = start + day * DAY_MS;
      for (const at of instantsOf(world, begins)) await lookUntilQuiet(world, at);
      if (random() < CHANGES_A_DAY) {
        await world.moveTo(world.now() + ORDERS_AFTER_MS);
        await channels[Math.floor(random() * channels.length)]?.give(pickChange(random));
        await world.moveTo(world.now() + NEXT_TICK_MS);
      }
      if (day % 7 === 6) world.clearAway(KEPT_MS);
      const month = monthOf(begins);
      if (month === monthOf(begins + DAY_MS) && day + 1 < days) continue;
      const measured = { month, ...(await world.measure()) };
      months.push(measured);
      log(JSON.stringify(measured));
    }
    const history = world.history();
    log(`${history.messages.length} messages are audited`);
    return {
      days,
      places: world.people.length,
      papers: world.papers,
      owed: findMissing(history).owed,
      messages: history.messages.length,
      edits: history.messages.flatMap(({ edits }) => edits).length,
      violations: listComplaints(audit(history)),
      months,
      logged: world.bot.complaints,
    };
  } finally {
    await world.close();
  }
}

/** The hours of a day and its slots, in order; else nothing is due. */
function instantsOf({ people }: YearWorld, begins: Instant): readonly Instant[] {
  const hours = Array.from({ length: 24 }, (_, hour) => begins + (hour + 1) * HOUR_MS);
  const slots = people.flatMap(({ channel: { settings } }) =>
    settings === undefined ? [] : slotsBetween(settings, begins, begins + DAY_MS),
  );
  return [...new Set([...hours, ...slots])].toSorted((a, b) => a - b);
}

/** What the bot learns within one look is due at the next, a minute later. */
async function lookUntilQuiet(world: YearWorld, at: Instant): Promise<void> {
  let hasAsked = await world.moveTo(Math.max(at, world.now()));
  while (hasAsked) hasAsked = await world.moveTo(world.now() + MINUTE_MS);
}

function monthOf(at: Instant): string {
  return new Date(at).toISOString().slice(0, 7);
}
