import type { Random } from './seeded-random.ts';

const LETTERS = 'abcdefghijklmnopqrstuvwxyz';

/** The word with one letter dropped, doubled, swapped with the next, or replaced. */
export function makeTypo(word: string, random: Random): string {
  const at = Math.floor(random() * word.length);
  const before = word.slice(0, at);
  const letter = word[at] ?? '';
  const rest = word.slice(at + 1);
  const error = Math.floor(random() * 4);
  if (error === 0) return before + rest;
  if (error === 1) return before + letter + letter + rest;
  if (error === 2) return swapAt(word, Math.min(at, word.length - 2), random);
  return before + pickOther(letter, random) + rest;
}

/** Two equal letters cannot be told apart when swapped; then a letter is replaced. */
function swapAt(word: string, at: number, random: Random): string {
  const [first = '', second = ''] = word.slice(at, at + 2);
  const swapped = first === second ? pickOther(first, random) + second : second + first;
  return word.slice(0, at) + swapped + word.slice(at + 2);
}

function pickOther(letter: string, random: Random): string {
  const others = LETTERS.replace(letter, '');
  return others[Math.floor(random() * others.length)] ?? 'x';
}
