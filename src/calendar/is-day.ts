/** Whether a text is a day of the calendar, as `YYYY-MM-DD`. The thread of queries asks this, and does without a library. */
export function isDay(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const at = Date.parse(text);
  return !Number.isNaN(at) && new Date(at).toISOString().startsWith(text);
}
