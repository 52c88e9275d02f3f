import { positiveTerms, type Query, type TextField } from '../../../topics/query/query.ts';

const EVERY: Query = { kind: 'every' };

/** What a query asks for beside words: a paper that comes close to it still has to pass this. */
export function relaxQuery(query: Query): Query {
  if (query.kind === 'word' || query.kind === 'phrase') return EVERY;
  if (query.kind === 'and') {
    const parts = query.parts.map(relaxQuery).filter(({ kind }) => kind !== 'every');
    return join('and', parts);
  }
  if (query.kind === 'or') {
    const parts = query.parts.map(relaxQuery);
    return parts.some(({ kind }) => kind === 'every') ? EVERY : join('or', parts);
  }
  return query;
}

function join(kind: 'and' | 'or', parts: readonly Query[]): Query {
  const [only, ...more] = parts;
  if (only === undefined) return EVERY;
  return more.length === 0 ? only : { kind, parts };
}

/** A word that a close match may have, alone or with others. */
export interface LooseWord {
  readonly word: string;
  readonly field?: TextField;
  /** Only begins so. */
  readonly open: boolean;
}

/** The words that a query asks for, each once, without the order that its phrases ask for. */
export function looseWords(query: Query): readonly LooseWord[] {
  const words = new Map<string, LooseWord>();
  for (const term of positiveTerms(query)) {
    const all = term.kind === 'word' ? [term.word] : term.words;
    const about = term.field === undefined ? {} : { field: term.field };
    for (const [index, word] of all.entries()) {
      const open = term.kind === 'phrase' && term.open && index === all.length - 1;
      words.set(`${term.field ?? ''} ${word}`, { word, open, ...about });
    }
  }
  return [...words.values()];
}
