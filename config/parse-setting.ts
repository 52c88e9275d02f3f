import { parseTime } from '../src/subscriptions/parse-schedule.ts';

export function isHttpUrl(text: string): boolean {
  return /^https?:\/\//i.test(text) && URL.canParse(text);
}

/** The minute of the day that a time such as `09:00` means; undefined for anything else. */
export function parseMinute(text: string): number | undefined {
  try {
    const at = parseTime(text);
    return at === 'instantly' ? undefined : at;
  } catch {
    return undefined;
  }
}
