import type { Destination } from '../subscriptions/destination.ts';
import type { Delivery, PlannedStep, SendOutcome } from './delivery.ts';
import type { Digest } from './digest.ts';

export interface SendRequest {
  readonly destination: Destination;
  readonly delivery: Delivery;
  /** Index into the delivery's steps. */
  readonly index: number;
  /** Send `plainPayload` in place of `payload`. */
  readonly plain: boolean;
}

/** The medium: what a digest looks like there, and how it gets there. Outcomes are values; it raises for bugs only. */
export interface Messenger {
  /** Every chosen paper is in exactly one step's `paperIds`, except those passed over for good by `rest: hide`. */
  render(digest: Digest): readonly PlannedStep[];
  send(request: SendRequest): Promise<SendOutcome>;
  /** Looks for a step of unknown fate: its message, that there is none, or that nobody can tell. */
  find(
    request: SendRequest,
  ): Promise<{ kind: 'found'; messageId: string } | { kind: 'absent' } | { kind: 'unknown' }>;
}
