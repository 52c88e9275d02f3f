import type { Instant } from '../calendar/zoned-time.ts';
import type { Destination, Place } from '../subscriptions/destination.ts';
import type { Delivery, PlannedStep, SendOutcome } from './delivery.ts';
import type { Digest } from './digest.ts';

export interface SendRequest {
  readonly destination: Destination;
  readonly delivery: Delivery;
  /** Index into the delivery's steps. */
  readonly index: number;
  /** Send `payload` with what `plainPayload` has. */
  readonly plain: boolean;
}

/** What kept a request from its effect. */
export type Setback = Exclude<SendOutcome, { kind: 'sent' }>;
export type Fatal = Extract<SendOutcome, { kind: 'fatal' }>;

/**
 * Its message, that there is none, that nobody will ever be able to tell, or that the medium does not answer at present:
 * `unanswered` is waited for, so it must be nothing that lasts.
 */
export type StepSearch =
  | { readonly kind: 'found'; readonly messageId: string; readonly sentAt: Instant }
  | { readonly kind: 'absent' | 'unknown' | 'unanswered' }
  | Fatal;

/** The medium: what a digest looks like there, and how it gets there. Outcomes are values; it raises for bugs only. */
export interface Messenger {
  /** Every chosen paper is in exactly one step's `paperIds`, except those over `max` with `rest: hide`. */
  render(digest: Digest): readonly PlannedStep[];
  /**
   * Opens the direct messages with a person, in its turn or once the signal is aborted; what they are opened as stays.
   * Never of unknown fate.
   */
  open(
    userId: string,
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'opened'; readonly channelId: string } | Setback>;
  /** To a place that is open. */
  send(request: SendRequest): Promise<SendOutcome>;
  /** Looks whether a place is there, and posts nothing. */
  probe(place: Place): Promise<{ readonly kind: 'there' } | Setback>;
  /** Looks for a step of unknown fate. */
  find(request: SendRequest): Promise<StepSearch>;
}
