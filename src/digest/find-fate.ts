import type { Delivery, DeliveryStep } from './delivery.ts';
import type { FlowDependencies } from './flow-dependencies.ts';
import type { SendRequest, StepSearch } from './messenger.ts';
import { stepOf } from './outcomes.ts';

/** `marked`: all its papers have sent marks, and they had none when it was planned. */
export type Fate = StepSearch | { readonly kind: 'marked' };

/** What became of the earlier attempts of a step, if there were any. */
export async function findFate(
  deps: Pick<FlowDependencies, 'deliveries' | 'messenger'>,
  request: Omit<SendRequest, 'plain'>,
): Promise<Fate> {
  const { delivery } = request;
  const step = stepOf(request);
  if (delivery.steps.every(({ attemptedAt }) => attemptedAt === undefined)) return { kind: 'absent' };
  const wasTried = step.attemptedAt !== undefined;
  const search: StepSearch = wasTried
    ? await deps.messenger.find({ ...request, plain: false })
    : { kind: 'absent' };
  if (search.kind === 'found' || search.kind === 'fatal') return search;
  return (await isMarked(deps, delivery, step)) ? { kind: 'marked' } : search;
}

/** Marks are written only after an answer: they tell of a step whose record was lost, or that nobody can look for. */
async function isMarked(
  { deliveries }: Pick<FlowDependencies, 'deliveries'>,
  { destinationId }: Delivery,
  { paperIds }: DeliveryStep,
): Promise<boolean> {
  if (paperIds.length === 0) return false;
  const sent = await deliveries.sentPapers(destinationId);
  return paperIds.every((id) => sent.has(id));
}
