import type { PaperArchive } from '../papers/paper-archive.ts';
import type { Correction, PaperSearch, SearchRequest, SortOrder } from './paper-search.ts';
import { conditionsOf, plainWords, type Query } from './query/query.ts';
import type { SourceSearch } from './source-search.ts';

export interface FoundPapers {
  /** Ids of papers that are called as was typed; they are in the other lists too. */
  readonly named?: readonly string[];
  /** Ids of the strict matches, in the order asked for. */
  readonly strict: readonly string[];
  /** Ids of papers that come close, best first. */
  readonly close: readonly string[];
  /** Ids of papers that only the source's own search gave, best first. */
  readonly beyond: readonly string[];
  readonly correction?: Correction;
  /** The query in English, where its words are another language's. */
  readonly understood?: Query;
  /** Whether the source was to be asked and could not be. */
  readonly sourceFailed: boolean;
}

export interface RunSearchParts {
  readonly search: PaperSearch;
  readonly archive: Pick<PaperArchive, 'paper'>;
  readonly sourceSearch: SourceSearch;
}

const FEW = 5;

/** Strict matches, close ones, and for plain words with few matches what the source itself finds. */
export async function runSearch(request: SearchRequest, parts: RunSearchParts): Promise<FoundPapers> {
  const found = await parts.search.search(request);
  const words = found.strict.length < FEW ? plainWords(found.understood ?? request.query) : undefined;
  if (words === undefined) return { ...found, beyond: [], sourceFailed: false };

  const answer = await parts.sourceSearch.find(words);
  const conditions = conditionsOf(request.query);
  const fitting = await keepFitting(answer ?? [], conditions, parts.search);
  const isListed = (id: string): boolean => parts.archive.paper(id)?.listDay !== undefined;
  // What only the source gave stays in its own section, although the archive knows it from now on.
  const unlisted = new Set(fitting.filter((id) => !isListed(id)));
  const strict = found.strict.filter((id) => !unlisted.has(id));
  const close = found.close.filter((id) => !unlisted.has(id));
  const shown = new Set([...strict, ...close]);
  return {
    ...found,
    strict,
    close,
    beyond: fitting.filter((id) => !shown.has(id)),
    sourceFailed: answer === undefined,
  };
}

/** The papers that pass the conditions of a query. */
async function keepFitting(
  paperIds: readonly string[],
  conditions: Query,
  { explain }: Pick<PaperSearch, 'explain'>,
): Promise<readonly string[]> {
  if (conditions.kind === 'every') return paperIds;
  const explained = await Promise.all(paperIds.map((id) => explain(conditions, id)));
  return paperIds.filter((_, index) => explained[index]?.matches === true);
}

/** A search that a message can go back to. */
export interface SavedSearch {
  /** Canonical text, see `printQuery`. */
  readonly query: string;
  readonly sort: SortOrder;
}

/** What people searched for lately, so that the buttons of its pages work for months. Raises `StorageError`. */
export interface SavedSearches {
  /** Returns a key of at most 40 characters of `[a-z0-9-]`, the same for the same search of the same person. */
  save(userId: string, search: SavedSearch): Promise<string>;
  /** Undefined for a key of nobody's making, and for a search that is too old. */
  get(key: string): Promise<SavedSearch | undefined>;
  removeOf(userId: string): Promise<void>;
}
