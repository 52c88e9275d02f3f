import type { DatabaseSync } from 'node:sqlite';
import type { Paper } from '../../papers/paper.ts';
import { foldText, splitWords } from '../../topics/query/fold-text.ts';
import { endsOf, letterBits, spellingWordsOf } from './spelling/spelling-words.ts';

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
  const addSpelling = database.prepare('INSERT OR IGNORE INTO spellings VALUES (?, ?, ?, ?, ?, ?)');
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
        addSpelling.run(Array.from(word).length, kind, word, letterBits(word), head, tail);
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
