import { type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import type { Delivery } from './delivery.ts';
import { restsUntil } from './due.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { isRejection, type Rejection } from './outcomes.ts';
import { recordTrouble } from './settle-delivery.ts';
import type { StepResult } from './step-result.ts';

/**
 * A place that lets nobody in may have the message of a step all the same. The delivery stays open, so that nothing is
 * planned in its place before the step can be looked for; `isResting` says when the place is asked again.
 */
export async function holdDelivery(
  deps: FlowDependencies,
  delivery: Delivery,
  rejection: Rejection,
): Promise<StepResult> {
  deps.log.warn({ delivery: delivery.id, outcome: rejection }, 'refused while the fate of a step is unknown');
  await recordTrouble(deps, delivery.destinationId, rejection);
  return { delivery, setback: rejection, end: true };
}

/**
 * When the medium is asked again what became of a delivery's last attempt; undefined for one that waits for no such
 * thing. What is on its way at this moment waits for nothing.
 */
export function findNextLook(
  { clock, destinations }: Pick<FlowDependencies, 'clock' | 'destinations'>,
  { steps, state, destinationId }: Delivery,
  flight: { readonly nextTryAt?: Instant | undefined } | undefined,
): Instant | undefined {
  const isUntold = steps.some(
    ({ attemptedAt, outcome }) => attemptedAt !== undefined && outcome === undefined,
  );
  if (state !== 'open' || !isUntold) return undefined;
  if (flight !== undefined) return flight.nextTryAt;
  // Open deliveries are looked at each minute, those of a place that rests from then on.
  const rests = restsUntil(destinations.get(destinationId) ?? {});
  return Math.max(Math.floor(clock.now() / MINUTE_MS) + 1, Math.ceil(rests / MINUTE_MS)) * MINUTE_MS;
}

/** What keeps everybody out of a place whose history could not be read; undefined where it is open but has none. */
export async function findBarrier(
  { destinations, messenger }: Pick<FlowDependencies, 'destinations' | 'messenger'>,
  { destinationId }: Delivery,
): Promise<Rejection | 'unanswered' | undefined> {
  const place = destinations.get(destinationId)?.place;
  if (place?.kind !== 'channel') return undefined;
  const answer = await messenger.probe(place);
  if (answer.kind === 'there') return undefined;
  return isRejection(answer) ? answer : 'unanswered';
}
