import type { Instant } from '../calendar/zoned-time.ts';

export type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json };

/** One request to the medium, planned before it is sent. */
export interface PlannedStep {
  readonly kind: 'message' | 'thread-from-message' | 'forum-post';
  /** Opaque to all but the messenger that rendered it. */
  readonly payload: Json;
  /** What is another one in `payload` where the same content is plain lines, for when the medium calls it malformed. */
  readonly plainPayload?: Json;
  /** The papers that are delivered once this step is sent. */
  readonly paperIds: readonly string[];
  /** Papers that nobody will see, which are settled with this step. */
  readonly passedOver?: readonly string[];
  /** Whether it mentions the destination's role. */
  readonly mention?: true;
}

export type SendOutcome =
  /** `messageId` is the message or post that was made; absent where nothing but its sent marks tells of it. */
  | { readonly kind: 'sent'; readonly messageId?: string; readonly unconfirmed?: boolean }
  | { readonly kind: 'gone' | 'blocked' | 'refused'; readonly code: number; readonly message: string }
  | { readonly kind: 'bad-payload'; readonly code: number; readonly message: string }
  /** Something beside the papers that cannot be had, such as a thread; it holds nothing up. */
  | { readonly kind: 'skipped'; readonly code: number; readonly message: string }
  /** `unknownFate`: the request may have had its effect. `retryAfter` in ms, when the medium names a time. */
  | {
      readonly kind: 'failed';
      readonly message: string;
      readonly unknownFate: boolean;
      readonly retryAfter?: number;
    }
  | { readonly kind: 'fatal'; readonly message: string };

export interface DeliveryStep extends PlannedStep {
  /** Written before each attempt: a step with an attempt and no outcome is of unknown fate. */
  readonly attemptedAt?: Instant;
  /** Only final ones are recorded: `failed` never is. */
  readonly outcome?: Exclude<SendOutcome, { kind: 'failed' | 'fatal' }>;
}

export type DeliveryState = 'open' | 'done' | 'rejected' | 'expired' | 'cancelled';

/** The durable record of one digest being sent. */
export interface Delivery {
  /** At most 21 characters of `[a-z0-9]`, so that id, a dash and a step's index fit Discord's nonce of 25. */
  readonly id: string;
  readonly destinationId: string;
  readonly kind: 'digest' | 'sample';
  /** The slot of a digest; the instant of the press for a sample ("Send one now"). */
  readonly slot: Instant;
  readonly plannedAt: Instant;
  readonly steps: readonly DeliveryStep[];
  readonly state: DeliveryState;
  /** Nothing more is sent; while open, it waits for the medium to tell what became of its last attempt. */
  readonly cancelledAt?: Instant;
  readonly closedAt?: Instant;
}
