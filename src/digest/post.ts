import type { Instant } from '../calendar/zoned-time.ts';
import type { Json } from '../delivery/delivery.ts';
import type { Failed, Fatal } from '../delivery/delivery-transport.ts';

/** A message of a digest that edits keep up to date. */
export interface Post {
  readonly deliveryId: string;
  /** The number of its step. */
  readonly n: number;
  /** Where the message stands: for a forum post, the post itself. */
  readonly channelId: string;
  readonly messageId: string;
  /** In an announcement channel: people may have published it elsewhere. */
  readonly mayBeCrossposted: boolean;
  /** The role that it mentioned when it was sent. */
  readonly role?: string;
  readonly postedAt: Instant;
  readonly refreshAt: Instant;
  /** See `PlannedStep`. */
  readonly view: Json;
  /** The fingerprint of what it shows; empty where the answer to its sending or to an edit was lost. */
  readonly shown: string;
}

/** What became of a post that was due. */
export interface Refreshed {
  /** A sealed one is never edited again. */
  readonly kind: 'kept' | 'sealed';
  readonly post: Post;
}

export interface PostLedger {
  /** Those whose refresh has come, the longest due first. Raises `StorageError`. */
  due(now: Instant, limit: number): Promise<readonly Post[]>;
  /** One transaction; what is sealed is forgotten. Raises `StorageError`. */
  settle(refreshed: readonly Refreshed[]): Promise<void>;
}

export type EditAnswer =
  | { readonly kind: 'edited' }
  /** The message is gone, or the bot may not edit it: it is left alone for good. With Discord's code, where it refused. */
  | { readonly kind: 'lasting'; readonly code?: number; readonly message: string }
  | Failed
  /** No answer, or none of Discord's own. */
  | { readonly kind: 'unclear'; readonly message: string }
  /** It surely never left: the process stops. */
  | { readonly kind: 'held-back' }
  | Fatal;

export interface PostTransport {
  /** Lets a post show `message`, and pings nobody. Doing so again is harmless. */
  edit(post: Post, message: Json): Promise<EditAnswer>;
}
