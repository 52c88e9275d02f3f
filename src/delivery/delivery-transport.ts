import type { Instant } from '../calendar/zoned-time.ts';
import type { Place, Trouble } from '../subscriptions/destination.ts';
import type { Delivery, Json, Step } from './delivery.ts';

/** Discord takes no message with this token any more; the process stops. */
export interface Fatal {
  readonly kind: 'fatal';
  readonly message: string;
}

/** The place lets nobody in. */
export interface Barred {
  readonly kind: Trouble['kind'];
  readonly code: number;
  readonly message: string;
}

/** Discord's own answer that the attempt had no effect, and that it may have one later. */
export interface Failed {
  readonly kind: 'failed';
  readonly message: string;
  readonly retryAfterMs?: number;
}

export type SendAnswer =
  | { readonly kind: 'sent'; readonly messageId: string }
  /** 10008 for a message with a nonce: it was there, and somebody deleted it. */
  | { readonly kind: 'sent-and-deleted' }
  | Barred
  /** Refused for what it says. */
  | { readonly kind: 'content'; readonly code: number; readonly message: string }
  /** A thread that cannot be had. */
  | { readonly kind: 'skipped'; readonly code: number; readonly message: string }
  | Failed
  /** No answer, or none of Discord's own: it may have had its effect. */
  | { readonly kind: 'unclear'; readonly message: string; readonly retryAfterMs?: number }
  /** It surely never left: the last check failed, or the process stops. */
  | { readonly kind: 'held-back' }
  | Fatal;

/** What a look-up says about an uncertain step. */
export type LookUpAnswer =
  | { readonly kind: 'found'; readonly messageId: string; readonly sentAt: Instant }
  /** Every message since the attempt was seen, and it is not among them. */
  | { readonly kind: 'absent' }
  | { readonly kind: 'unanswered' }
  /** JSON of another shape: somebody answers in Discord's place, or Discord has changed for good. */
  | { readonly kind: 'unrecognised' }
  /** History cannot be read there, and that does not pass by itself. */
  | { readonly kind: 'unreadable' }
  | (Barred & { readonly kind: 'blocked' | 'gone' })
  | Fatal;

export interface SendRequest {
  readonly delivery: Delivery;
  readonly step: Step;
  /** See `RenderedStep`. */
  readonly payload: Json;
  /** The role to mention with it. */
  readonly role?: string | undefined;
  /** The message of the step that a thread belongs to. */
  readonly parentMessageId?: string | undefined;
  /** Asked right before the request leaves, after every wait. */
  readonly mayLeave: () => boolean;
}

/** Discord's clock as far as its answers tell: its present time lies between the two. */
export interface DiscordTime {
  readonly earliest: Instant;
  readonly latest: Instant;
}

/** How steps get into Discord. Answers are values; it raises for bugs only. */
export interface DeliveryTransport {
  /** Sends one step, once. */
  send(request: SendRequest): Promise<SendAnswer>;
  /** Looks for a step that was attempted at `step.firstAttemptAt` or later. */
  lookUp(request: { readonly delivery: Delivery; readonly step: Step }): Promise<LookUpAnswer>;
  /** Opens the direct messages with a person; what they are opened as stays. */
  openDm(
    userId: string,
    signal: AbortSignal,
  ): Promise<{ readonly kind: 'opened'; readonly channelId: string } | Barred | Failed | Fatal>;
  /** Looks whether a place is there, and posts nothing. */
  probe(place: Place): Promise<{ readonly kind: 'there' } | Barred | Failed | Fatal>;
  /** Asks Discord for something where no answer has told the time yet; undefined where it does not answer. */
  time(): Promise<DiscordTime | undefined>;
  /** Discord's time by what is known now; undefined before the first answer. */
  timeNow(): DiscordTime | undefined;
}
