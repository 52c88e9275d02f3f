import type { Delivery, Json, PaperRecord, Step } from '../delivery/delivery.ts';
import type { DeliveryView } from '../delivery/delivery-ledger.ts';
import type { Fingerprint, Post } from './post.ts';
import { nextRefresh } from './refresh.ts';

/** The posts that an outcome makes: what was sent in its rich form, to a destination that is still there. */
export function buildPosts(
  { delivery, destination }: DeliveryView,
  records: readonly PaperRecord[],
  fingerprint: Fingerprint,
): readonly Post[] {
  if (destination === undefined) return [];
  return delivery.steps.flatMap((step): readonly Post[] => {
    const { view, form, messageId } = step;
    const at = records.find((record) => messageId !== undefined && record.messageId === messageId)?.at;
    const message = messageOf(step);
    if (view === undefined || form === 'plain' || messageId === undefined) return [];
    if (at === undefined || message === undefined) return [];
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
        shown: fingerprint(message),
      },
    ];
  });
}

/** A forum post has a name and labels beside its message. */
function messageOf({ kind, payload }: Step): Json | undefined {
  if (kind !== 'forum-post') return payload;
  const isPost = typeof payload === 'object' && payload !== null && 'message' in payload;
  return isPost ? payload.message : undefined;
}

function isAnnounced({ place }: Delivery): boolean {
  return place.kind === 'channel' && place.channelKind === 'announcement';
}
