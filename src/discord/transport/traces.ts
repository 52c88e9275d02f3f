import type { Delivery } from '../../delivery/delivery.ts';
import type { PostedMessage } from './schema.ts';

/** What an uncertain step left behind, if it did. */
export interface Traces {
  readonly delivery: Delivery;
  /** No older than that: ms by Discord's clock. */
  readonly since: number;
  readonly isOfStep: (message: PostedMessage) => boolean;
  readonly authorId: string;
}

/** What one look-up read: the message that was found, or whether all that could be it was seen. */
export type Found =
  | { readonly kind: 'found'; readonly messageId: string }
  | { readonly kind: 'absent' | 'unanswered' | 'unreadable' };
