import type { Destination } from '../subscriptions/destination.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import { clearTrouble, isRejection } from './outcomes.ts';
import { recordTrouble } from './settle-delivery.ts';

/** Looks whether a place that was gone has come back; one that stays away for 30 days is removed. */
export async function probePlace(deps: FlowDependencies, destination: Destination): Promise<void> {
  const { id, trouble } = destination;
  if (trouble === undefined) return;
  const answer = await deps.messenger.probe(destination.place);
  const now = deps.clock.now();
  if (answer.kind === 'fatal') return deps.onFatal(answer.message);
  if (answer.kind === 'there') {
    await deps.destinations.update(id, (latest) => latest && clearTrouble(latest));
    return deps.log.info({ destination: id }, 'a place that was gone is back');
  }
  if (isRejection(answer)) return recordTrouble(deps, id, answer);
  const tried = { ...trouble, attemptedAt: now };
  await deps.destinations.update(id, (latest) =>
    latest?.trouble === undefined ? latest : { ...latest, trouble: tried },
  );
}
