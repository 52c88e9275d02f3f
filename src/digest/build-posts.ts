import type { Delivery, PaperRecord } from '../delivery/delivery.ts';
import type { DeliveryView } from '../delivery/delivery-ledger.ts';
import type { Post } from './post.ts';
import { nextRefresh } from './refresh.ts';

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
