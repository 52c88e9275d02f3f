import type { Instant } from '../calendar/zoned-time.ts';
import type { Delivery } from '../delivery/delivery.ts';

/** What came of "Send one now". */
export type SampleResult =
  | { readonly kind: 'sent'; readonly papers: number }
  | { readonly kind: 'already'; readonly at: Instant }
  /** No paper is left to show. */
  | { readonly kind: 'nothing' }
  /** Discord does not tell yet whether the last message got through, and is asked again at `nextLook`. */
  | { readonly kind: 'held'; readonly nextLook: Instant }
  /** Another delivery is under way there. */
  | { readonly kind: 'busy' }
  /** With Discord's code, where it refused. */
  | { readonly kind: 'failed'; readonly code?: number };

export function describeSample(delivery: Delivery | undefined, code: number | undefined): SampleResult {
  const sent = delivery?.steps.filter(({ status }) => status === 'sent') ?? [];
  if (sent.length > 0) return { kind: 'sent', papers: sent.flatMap(({ papers }) => papers).length };
  return { kind: 'failed', ...(code === undefined ? {} : { code }) };
}
