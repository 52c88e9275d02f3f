import type { Instant } from '../calendar/zoned-time.ts';
import { type Delivery, INVALID_FORM, type PaperRecord, type Step } from './delivery.ts';

/** What is recorded when a delivery closes: the papers that Discord refused, and those that were passed over. */
export function closingRecords(delivery: Delivery, at: Instant): readonly PaperRecord[] {
  const { steps, state } = delivery;
  // A malformed message proves nothing against its paper before another one got through, see `isMalformed`.
  const isRendererFine = state === 'done' || steps.some(({ status }) => status === 'sent');
  const refused = steps.filter(
    ({ status, papers, code }) =>
      status === 'refused' && papers.length === 1 && (isRendererFine || code !== INVALID_FORM),
  );
  const hidden = state === 'done' ? delivery.hidden : [];
  return [
    ...refused.flatMap((step) => recordsOf(step, 'refused', at)),
    ...hidden.map((paperId): PaperRecord => ({ paperId, kind: 'hidden', at })),
  ];
}

export function recordsOf(
  { papers, messageId, code, unconfirmed }: Step,
  kind: 'sent' | 'refused',
  at: Instant,
): readonly PaperRecord[] {
  return papers.map((paperId) => ({
    paperId,
    kind,
    at,
    ...(messageId === undefined ? {} : { messageId }),
    ...(code === undefined ? {} : { code }),
    ...(unconfirmed ? { unconfirmed } : {}),
  }));
}
