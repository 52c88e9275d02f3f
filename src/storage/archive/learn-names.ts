import type { DatabaseSync } from 'node:sqlite';
import type { Paper } from '../../papers/paper.ts';
import { splitWords } from '../../topics/query/fold-text.ts';
import { nameKeysOf } from './name-keys.ts';

/** Keeps what papers are called, and what acronyms stand for. */
interface NameLearner {
  /** Learns what the paper with this number says now, and forgets what it said before. */
  learn(number: number, paper: Paper, before: Paper | undefined): void;
}

export function createNameLearner(database: DatabaseSync): NameLearner {
  const addName = database.prepare('INSERT OR IGNORE INTO names (kind, key, number) VALUES (?, ?, ?)');
  const removeName = database.prepare('DELETE FROM names WHERE kind = ? AND key = ? AND number = ?');
  const count = database.prepare(
    'INSERT INTO acronyms VALUES (?, ?, 1) ON CONFLICT DO UPDATE SET papers = papers + 1',
  );
  const discount = database.prepare(
    'UPDATE acronyms SET papers = papers - 1 WHERE acronym = ? AND meaning = ?',
  );
  return {
    learn(number, paper, before) {
      if (before !== undefined) {
        for (const { kind, key } of namesOf(before)) removeName.run(kind, key, number);
        for (const { acronym, meaning } of acronymsOf(before)) discount.run(acronym, meaning);
      }
      for (const { kind, key } of namesOf(paper)) addName.run(kind, key, number);
      for (const { acronym, meaning } of acronymsOf(paper)) count.run(acronym, meaning);
    },
  };
}

function namesOf({ title }: Paper): readonly { readonly kind: 'name' | 'title'; readonly key: string }[] {
  const { whole, title: key } = nameKeysOf(title);
  return [...whole.map((name) => ({ kind: 'name' as const, key: name })), { kind: 'title', key }];
}

function acronymsOf({ title, abstract }: Paper): readonly Acronym[] {
  const found = [title, abstract].flatMap(readAcronyms);
  return [...new Map(found.map((one) => [`${one.acronym} ${one.meaning}`, one])).values()];
}

/** An acronym with what a text says that it stands for: `moe` and `mixture of experts`. */
interface Acronym {
  readonly acronym: string;
  readonly meaning: string;
}

const IN_BRACKETS = /\(([A-Z0-9][A-Za-z0-9]{1,7})\)/gu;
const PLURAL = /(?<=[A-Z0-9])s$/u;
/** Characters in front of a bracket that are looked through. */
const LOOKED_AT = 90;
/** Words that it stands for, beside one for each of its letters: `reinforcement learning from human feedback`. */
const MORE_WORDS = 2;

/** The acronyms that a text explains: `Mixture of Experts (MoE)`. */
export function readAcronyms(text: string): readonly Acronym[] {
  return [...text.matchAll(IN_BRACKETS)].flatMap((match) => {
    const letters = (match[1] ?? '').replace(PLURAL, '').toLowerCase();
    const before = splitWords(text.slice(Math.max(0, match.index - LOOKED_AT), match.index));
    const meaning = findMeaning(letters, before.slice(-letters.length - MORE_WORDS).join(' '));
    return meaning === undefined ? [] : [{ acronym: letters, meaning }];
  });
}

/**
 * The end of a text that has the letters in their order, the first one at the start of a word: the method of
 * Schwartz and Hearst, with one word more where that begins with the first letter too: `proximal policy optimization`.
 * https://psb.stanford.edu/psb-online/proceedings/psb03/schwartz.pdf
 */
function findMeaning(letters: string, text: string): string | undefined {
  let at = text.length;
  for (const letter of Array.from(letters.slice(1)).toReversed()) at = findBefore(text, letter, at);
  const [first = ''] = letters;
  at = findBefore(` ${text}`, ` ${first}`, at);
  if (at < 0) return undefined;
  const words = text.slice(at).split(' ');
  const before = text.slice(0, at).trimEnd().split(' ').at(-1) ?? '';
  const isShort = words.length < letters.length && before.startsWith(first);
  const meaning = isShort ? [before, ...words] : words;
  return meaning.length > 1 ? meaning.join(' ') : undefined;
}

/** The last place of a part that is before another place; -1 where there is none. */
function findBefore(text: string, part: string, place: number): number {
  return place <= 0 ? -1 : text.lastIndexOf(part, place - 1);
}
