import type { DatabaseSync } from 'node:sqlite';
import type { Paper } from '../../papers/paper.ts';
import { foldText, splitWords } from '../../topics/query/fold-text.ts';
import { stemOf } from './stem-of.ts';

/** Keeps what correction and autocomplete look up: the spellings of words, and the names of authors and keywords. */
export interface WordLearner {
  /** Before each transaction: what an earlier one learnt may have been rolled back. */
  begin(): void;
  learn(paper: Paper, before: Paper | undefined): void;
}

interface Label {
  readonly kind: 'author' | 'keyword';
  readonly text: string;
}

export function createWordLearner(database: DatabaseSync): WordLearner {
  const addSpelling = database.prepare('INSERT OR IGNORE INTO spellings VALUES (?, ?, ?, ?, ?, ?, ?)');
  const addLabel = database.prepare(
    'INSERT OR IGNORE INTO labels (kind, folded, text, papers) VALUES (?, ?, ?, 0)',
  );
  const countLabel = database.prepare('UPDATE labels SET papers = papers + 1 WHERE kind = ? AND folded = ?');
  const discountLabel = database.prepare(
    'UPDATE labels SET papers = papers - 1 WHERE kind = ? AND folded = ?',
  );
  const addWords = database.prepare('INSERT INTO label_words (rowid, label) VALUES (?, ?)');
  const learnt = new Set<string>();

  function count({ kind, text }: Label): void {
    const folded = foldLabel(text);
    const { changes, lastInsertRowid } = addLabel.run(kind, folded, text);
    if (changes > 0) addWords.run(lastInsertRowid, text);
    countLabel.run(kind, folded);
  }

  return {
    begin: () => learnt.clear(),
    learn(paper, before) {
      for (const { kind, word } of spellingWordsOf(paper)) {
        const key = `${kind} ${word}`;
        if (learnt.has(key)) continue;
        learnt.add(key);
        const { head, tail } = endsOf(word);
        addSpelling.run(Array.from(word).length, kind, word, letterBits(word), head, tail, stemOf(word));
      }
      const [now, then] = [
        labelsOf(paper),
        before === undefined ? new Map<string, Label>() : labelsOf(before),
      ];
      for (const [key, label] of now) if (!then.has(key)) count(label);
      for (const [key, { kind, text }] of then) if (!now.has(key)) discountLabel.run(kind, foldLabel(text));
    },
  };
}

function labelsOf({ authors, keywords }: Paper): ReadonlyMap<string, Label> {
  const labels = [
    ...authors.map((text): Label => ({ kind: 'author', text })),
    ...keywords.map((text): Label => ({ kind: 'keyword', text })),
  ];
  return new Map(
    labels
      .filter(({ text }) => splitWords(text).length > 0)
      .map((label) => [`${label.kind} ${foldLabel(label.text)}`, label]),
  );
}

function foldLabel(text: string): string {
  return foldText(text).replaceAll('-', ' ');
}

/** A word as the table of spellings has it. */
interface SpellingWord {
  readonly kind: 'name' | 'word';
  readonly word: string;
}

/** Numbers and little words are never corrected, and nothing is corrected to them. */
const CORRECTED = /^\p{L}[\p{L}\p{N}]{2,31}$/u;
const BITS = 31;

/** What somebody may misspell who looks for a paper: words of people's names apart from the others. */
function spellingWordsOf(paper: Paper): readonly SpellingWord[] {
  const { organization } = paper;
  const texts = [paper.title, paper.abstract, paper.summary ?? '', ...paper.keywords];
  if (organization !== undefined) texts.push(organization.slug, organization.name);
  return [
    ...wordsOf(texts).map((word) => ({ kind: 'word' as const, word })),
    ...wordsOf(paper.authors).map((word) => ({ kind: 'name' as const, word })),
  ];
}

function wordsOf(texts: readonly string[]): readonly string[] {
  return [...new Set(texts.flatMap(splitWords))].filter((word) => CORRECTED.test(word));
}

/** A bit for each letter that a word has; rare letters share one. */
export function letterBits(word: string): number {
  let bits = 0;
  for (const letter of word) bits |= 1 << ((letter.codePointAt(0) ?? 0) % BITS);
  return bits;
}

/** The first two letters of a word, and the last two. */
export function endsOf(word: string): { readonly head: string; readonly tail: string } {
  const letters = Array.from(word);
  return { head: letters.slice(0, 2).join(''), tail: letters.slice(-2).join('') };
}
