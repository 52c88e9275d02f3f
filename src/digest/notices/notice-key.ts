import { PAPER_EVENTS, type PaperEvent } from '../../papers/paper-event.ts';

/** What a notice tells, in place of the id of a paper: `2605.30349#code`. Its sent record keeps it from coming twice. */
export function noticeKey(paperId: string, event: PaperEvent): string {
  return `${paperId}#${event}`;
}

export interface News {
  readonly paperId: string;
  readonly event: PaperEvent;
}

/** Undefined for the id of a paper. */
export function parseNoticeKey(key: string): News | undefined {
  const [paperId = '', name] = key.split('#');
  const event = PAPER_EVENTS.find((one) => one === name);
  return event && { paperId, event };
}
