import { UserError } from '../../errors.ts';
import { neededWords, type WordChoice } from '../../topics/needed-words.ts';
import { parseQuery } from '../../topics/query/parse-query.ts';
import { type CompiledQuery, compileQuery } from './compile-query.ts';
import { wordForms } from './word-forms.ts';

export interface CompiledTopic extends CompiledQuery {
  /** A paper that matches has a word of each of these. */
  readonly needed: readonly WordChoice[];
}

/** Each takes about half a kilobyte. When there are more, all are compiled anew. */
const KEPT_TOPICS = 150_000;

/** Compiles the text of a topic, once while it is kept; undefined for one that cannot be read. */
export function createTopicCompiler(): (query: string) => CompiledTopic | undefined {
  const kept = new Map<string, CompiledTopic | undefined>();
  return (query) => {
    const known = kept.get(query);
    if (known !== undefined || kept.has(query)) return known;
    const compiled = compileTopic(query);
    if (kept.size >= KEPT_TOPICS) kept.clear();
    kept.set(query, compiled);
    return compiled;
  };
}

function compileTopic(text: string): CompiledTopic | undefined {
  try {
    const query = parseQuery(text);
    return { ...compileQuery(query), needed: neededWords(query, wordForms) };
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}
