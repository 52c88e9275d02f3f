import { foldText, WORD_IN_TEXT } from './query/fold-text.ts';
import type { Term, TextField } from './query/query.ts';

/** A stretch of a text; the stretches of a text joined are the text. */
export interface Stretch {
  readonly text: string;
  /** Whether it is what a term of a query found. */
  readonly found: boolean;
}

export interface MatchMarking {
  readonly terms: readonly Term[];
  readonly formsOf: (word: string) => readonly string[];
  /** The field that the text stands in: terms about other fields find nothing in it. */
  readonly field: TextField;
}

interface PlacedWord {
  readonly folded: string;
  readonly start: number;
  readonly end: number;
}

/** Parts a text into what the terms of a query find in it and what is between. */
export function markMatches(text: string, { terms, formsOf, field }: MatchMarking): readonly Stretch[] {
  const words = placeWords(text);
  const found = new Set<number>();
  for (const term of terms) {
    if (term.field !== undefined && term.field !== field) continue;
    const tests = buildTests(term, formsOf);
    for (const start of words.keys()) {
      const isRun = tests.every((test, offset) => test(words[start + offset]?.folded ?? ''));
      if (isRun) for (const offset of tests.keys()) found.add(start + offset);
    }
  }
  return partText(text, words, found);
}

/** A test for each word of a run. */
function buildTests(term: Term, formsOf: MatchMarking['formsOf']): readonly ((word: string) => boolean)[] {
  if (term.kind === 'word') {
    const forms = new Set(formsOf(term.word));
    return [(word) => forms.has(word)];
  }
  return term.words.map((wanted, index) =>
    term.open && index === term.words.length - 1
      ? (word) => word.startsWith(wanted)
      : (word) => word === wanted,
  );
}

function placeWords(text: string): readonly PlacedWord[] {
  return [...text.matchAll(WORD_IN_TEXT)].map((match) => ({
    folded: foldText(match[0]),
    start: match.index,
    end: match.index + match[0].length,
  }));
}

/** Found words that follow one another are one stretch, with what is between them. */
function partText(
  text: string,
  words: readonly PlacedWord[],
  found: ReadonlySet<number>,
): readonly Stretch[] {
  const stretches: Stretch[] = [];
  let done = 0;
  for (const [index, word] of words.entries()) {
    if (!found.has(index) || found.has(index - 1)) continue;
    let last = index;
    while (found.has(last + 1)) last += 1;
    const end = words[last]?.end ?? word.end;
    if (word.start > done) stretches.push({ text: text.slice(done, word.start), found: false });
    stretches.push({ text: text.slice(word.start, end), found: true });
    done = end;
  }
  if (done < text.length) stretches.push({ text: text.slice(done), found: false });
  return stretches;
}
