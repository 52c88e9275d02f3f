import type { Clock } from '../calendar/clock.ts';
import { DAY_MS, HOUR_MS, type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import type { DeliveryTransport } from '../delivery/delivery-transport.ts';
import { afterTrouble } from '../delivery/destination-after.ts';
import type { Log } from '../log.ts';
import type { PaperArchive } from '../papers/paper-archive.ts';
import type { Destination } from '../subscriptions/destination.ts';
import { changeRoundup, firstSlot, nextRoundup } from '../subscriptions/schedule.ts';
import type { PlanDueTools } from './plan-due.ts';

/** The shortest local day: of two slots that lie ahead, the second comes no sooner. */
const SHORTEST_DAY_MS = 23 * HOUR_MS;

/**
 * A next slot that lies further ahead than the schedule allows was written by a wrong clock, and is not believed; nor
 * is the roundup that such a clock has put off.
 */
export async function correctSlots({
  clock,
  destinations,
  log,
}: Pick<PlanDueTools, 'clock' | 'destinations'> & { readonly log: Log }): Promise<void> {
  const now = clock.now();
  const limit = { timed: now + SHORTEST_DAY_MS, instantly: now + MINUTE_MS };
  const believed = (one: Destination): Destination => {
    const { roundup, schedule } = one;
    // A collection of this very minute can be a slot.
    const corrected = { ...one, nextSlot: firstSlot(schedule, now - MINUTE_MS) };
    const isPutOff = roundup !== undefined && roundup.nextAt > nextRoundup(roundup, schedule.zone, now);
    return isPutOff ? changeRoundup(corrected, roundup, now) : corrected;
  };
  const isWrong = ({ schedule, nextSlot }: Destination) => nextSlot > firstSlot(schedule, now);
  for (const destination of (await destinations.dueAfter(limit)).filter(isWrong)) {
    log.warn(
      { destination: destination.id, nextSlot: destination.nextSlot },
      'a slot too far ahead is corrected',
    );
    await destinations.change(destination.id, (one) => ({
      destination: one && isWrong(one) ? believed(one) : one,
    }));
  }
}

/** Looks whether a place that was gone has come back; one that stays away for 30 days is removed. */
export async function probePlace(
  destinationId: string,
  tools: Pick<PlanDueTools, 'clock' | 'destinations' | 'onFatal'> & {
    readonly transport: Pick<DeliveryTransport, 'probe'>;
    readonly log: Log;
  },
): Promise<void> {
  const { clock, destinations, transport, log } = tools;
  const destination = await destinations.get(destinationId);
  if (destination?.trouble?.kind !== 'gone') return;
  const answer = await transport.probe(destination.place);
  if (answer.kind === 'fatal') return tools.onFatal(answer.message);
  log.info({ destination: destinationId, answer: answer.kind }, 'asked for a place that was gone');
  await destinations.change(destinationId, (present) => {
    if (present?.trouble?.kind !== 'gone') return { destination: present };
    const { trouble, ...rest } = present;
    if (answer.kind === 'there') return { destination: rest };
    if (answer.kind === 'failed') {
      return { destination: { ...rest, trouble: { ...trouble, triedAt: clock.now() } } };
    }
    const after = afterTrouble(present, answer, clock.now());
    return after === 'removed' ? { destination: undefined, giveUp: 'gone' } : { destination: after };
  });
}

/** Weekends are no silence: a collection that finds an empty day succeeds. */
const LONGEST_SILENCE = DAY_MS;

/** Since when the source has given nothing, once that is more than a day; `startedAt` counts where it never did. */
export function findSilence(options: {
  readonly lastCollection: Instant | undefined;
  readonly startedAt: Instant;
  readonly now: Instant;
}): Instant | undefined {
  const since = options.lastCollection ?? options.startedAt;
  return options.now - since > LONGEST_SILENCE ? since : undefined;
}

/**
 * Says once a day that the source is silent, as nobody would notice otherwise. It goes by the monotonic clock alone: a
 * wall clock that jumps makes no silence.
 */
export function createSilenceWatch({
  clock,
  archive,
  log,
}: {
  readonly clock: Clock;
  readonly archive: Pick<PaperArchive, 'lastCollection'>;
  readonly log: Log;
}): () => void {
  const startedAt = clock.now();
  let last: Instant | undefined;
  let heardAt = clock.monotonic();
  return () => {
    const newest = archive.lastCollection(clock.now());
    if (newest !== last) heardAt = clock.monotonic();
    last = newest;
    if (clock.monotonic() - heardAt <= LONGEST_SILENCE) return;
    heardAt = clock.monotonic();
    log.error({ since: last ?? startedAt }, 'the source has been silent for more than a day');
  };
}
