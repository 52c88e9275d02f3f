import type { Random } from '../calendar/clock.ts';

const LETTERS = '0123456789abcdefghijklmnopqrstuvwxyz';

/** Random letters of `[a-z0-9]`. */
export function createId(random: Random, length: number): string {
  return Array.from({ length }, () => LETTERS.charAt(Math.floor(random() * LETTERS.length))).join('');
}
