import type { Instant } from '../calendar.ts';
import type { DestinationHistory, History } from '../history.ts';
import type { SeenDelivery } from './deliveries.ts';

/** Whether a message of a delivery was refused for its content: each of its papers comes alone then. */
export function wasSplit(
  { disturbances }: Pick<History, 'disturbances'>,
  { channelId }: DestinationHistory,
  { messages, firstAt }: SeenDelivery,
): boolean {
  const lastAt = messages.at(-1)?.at ?? firstAt;
  return disturbances.some(
    ({ kind, from, to, ...one }) =>
      kind === 'content' && one.channelId === channelId && from <= lastAt && to >= firstAt,
  );
}

/** Whether a place may have refused a paper for its content by then: what is shown there later leaves it out. */
export function mayBeRefused(
  { refusals }: Pick<History, 'refusals'>,
  { channelId }: Pick<DestinationHistory, 'channelId'>,
  { paperId, by }: { readonly paperId: string; readonly by: Instant },
): boolean {
  return refusals.some(
    (one) => one.paperId === paperId && one.from <= by && (one.channelId ?? channelId) === channelId,
  );
}

/** Whether the place may have refused the bot itself, for want of a permission, so lately that it is left alone. */
export function hasRefusedWithin(
  { timeline, disturbances }: History,
  { channelId }: DestinationHistory,
  { at, virtualMs }: { readonly at: Instant; readonly virtualMs: number },
): boolean {
  const since = timeline.virtualAt(at) - virtualMs;
  return disturbances.some(
    (one) =>
      one.kind === 'permission' &&
      one.channelId === channelId &&
      one.from < at &&
      (one.to > at || timeline.virtualAt(one.to) > since),
  );
}
