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

/** With one host, since pg takes no more. A `#` or `@` of a password must be written as `%23` or `%40`, or it ends the password. */
export function isPostgresUrl(text: string): boolean {
  if (!/^postgres(ql)?:\/\/./.test(text) || text.includes('#') || !URL.canParse(text)) return false;
  const { host, pathname, username, password } = new URL(text);
  return !host.includes(',') && !pathname.includes('@') && [username, password].every(canDecode);
}

function canDecode(text: string): boolean {
  try {
    return decodeURIComponent(text) !== undefined;
  } catch {
    return false;
  }
}
