import { HOUR_MS, MINUTE_MS } from '../calendar/zoned-time.ts';
import { afterTrouble } from '../delivery/destination-after.ts';
import type { Log } from '../log.ts';
import type { Destination } from '../subscriptions/destination.ts';
import { changeRoundup, firstSlot, nextRoundup } from '../subscriptions/schedule.ts';
import type { PlanDueTools } from './plan-due.ts';
import type { DeliveryTransport } from '../delivery/delivery-transport.ts';

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
