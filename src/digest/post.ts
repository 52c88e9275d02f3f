import { HOUR_MS, type Instant, MINUTE_MS } from '../calendar/zoned-time.ts';
import type { DeliveryView } from '../delivery/delivery-ledger.ts';
import type { Failed, Fatal } from '../delivery/delivery-transport.ts';
import type { Delivery, Json, PaperRecord } from '../delivery/delivery.ts';

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

/** Ages at which a post is looked at again, in ms. With the last it is sealed. */
const REFRESHED_AT_MS = [1, 4, 12, 24, 48, 72].map((hours) => hours * HOUR_MS);
/** How much later than that it is still edited, after trouble or while the bot was off. */
const PATIENCE_MS = HOUR_MS;
const AFTER_TROUBLE_MS = 10 * MINUTE_MS;
const LIVES_MS = 72 * HOUR_MS;

/** When a post is refreshed next; undefined when it is sealed. */
export function nextRefresh(postedAt: Instant, now: Instant): Instant | undefined {
  const age = REFRESHED_AT_MS.find((ms) => postedAt + ms > now);
  return age === undefined ? undefined : postedAt + age;
}

/** Whether it is too old to be edited at all. */
export function isOver({ postedAt }: Pick<Post, 'postedAt'>, now: Instant): boolean {
  return now > postedAt + LIVES_MS + PATIENCE_MS;
}

/** After it was seen to show what it should. */
export function afterRefresh(post: Post, shown: string, now: Instant): Refreshed {
  const refreshAt = nextRefresh(post.postedAt, now);
  return refreshAt === undefined
    ? { kind: 'sealed', post }
    : { kind: 'kept', post: { ...post, shown, refreshAt } };
}

/** After an edit that was to let it show something else. Undefined when nothing came of it, and the post stays due. */
export function afterEdit(
  post: Post,
  answer: EditAnswer,
  { shown, now }: { readonly shown: string; readonly now: Instant },
): Refreshed | undefined {
  switch (answer.kind) {
    case 'edited':
      return afterRefresh(post, shown, now);
    case 'lasting':
      return { kind: 'sealed', post };
    case 'failed': {
      const refreshAt = now + Math.max(AFTER_TROUBLE_MS, answer.retryAfterMs ?? 0);
      return { kind: 'kept', post: { ...post, refreshAt } };
    }
    case 'unclear':
      return { kind: 'kept', post: { ...post, shown: '', refreshAt: now + AFTER_TROUBLE_MS } };
    case 'held-back':
    case 'fatal':
      return undefined;
  }
}

/** The posts that an outcome makes: what was sent in its rich form, to a destination that is still there. */
export function buildPosts(
  { delivery, destination }: DeliveryView,
  records: readonly PaperRecord[],
): readonly Post[] {
  if (destination === undefined) return [];
  return delivery.steps.flatMap((step): readonly Post[] => {
    const { view, form, messageId, shown = '' } = step;
    const at = records.find((record) => messageId !== undefined && record.messageId === messageId)?.at;
    if (view === undefined || form === 'plain' || messageId === undefined || at === undefined) return [];
    return [
      {
        deliveryId: delivery.id,
        n: step.n,
        channelId: step.kind === 'forum-post' ? messageId : delivery.place.channelId,
        messageId,
        mayBeCrossposted: isAnnounced(delivery),
        ...(step.mentions && destination.mention !== undefined ? { role: destination.mention } : {}),
        postedAt: at,
        refreshAt: nextRefresh(at, at) ?? at,
        view,
        shown,
      },
    ];
  });
}

function isAnnounced({ place }: Delivery): boolean {
  return place.kind === 'channel' && place.channelKind === 'announcement';
}
