import type { Instant } from '../../calendar/zoned-time.ts';

/** Discord shows it by the reader's own clock. https://docs.discord.com/developers/reference#message-formatting */
export function timestamp(instant: Instant, style: 'f' | 'R' = 'f'): string {
  return `<t:${Math.floor(instant / 1000)}:${style}>`;
}
