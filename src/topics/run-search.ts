import type { PaperArchive } from '../papers/paper-archive.ts';
import type { Correction, PaperSearch, SearchRequest, SortOrder } from './paper-search.ts';
import { conditionsOf, plainWords, type Query } from './query/query.ts';
import type { SourceSearch } from './source-search.ts';
import type { Asker } from './source-shares.ts';

export interface FoundPapers {
  /** Ids of papers that are called as was typed; they are in the other lists too. */
  readonly named?: readonly string[];
  /** Ids of the strict matches, in the order asked for. */
  readonly strict: readonly string[];
  /** Ids of papers that come close, and of those that the source itself finds, in turn, best first. */
  readonly related: readonly string[];
  /** Those that only the source found. */
  readonly fromSource: ReadonlySet<string>;
  readonly correction?: Correction;
  /** The query in English, where its words are another language's. */
  readonly understood?: Query;
  /** Why the source, which was to be asked, gave nothing. */
  readonly sourceTrouble?: 'failed' | 'too-many';
}

export interface RunSearchParts {
  readonly search: Pick<PaperSearch, 'search' | 'explain'>;
  readonly archive: Pick<PaperArchive, 'paper'>;
  readonly sourceSearch: SourceSearch;
}

const FEW = 5;

/** Strict matches, and related papers: for plain words with few matches also what the source itself finds. */
export async function runSearch(
  request: SearchRequest,
  parts: RunSearchParts,
  asker: Asker,
): Promise<FoundPapers> {
  const { close, ...found } = await parts.search.search(request);
  const words = found.strict.length < FEW ? plainWords(found.understood ?? request.query) : undefined;
  const answer = words === undefined ? [] : await parts.sourceSearch.find(words, asker);
  if (typeof answer === 'string') {
    return { ...found, related: close, fromSource: new Set(), sourceTrouble: answer };
  }
  const fitting = await keepFitting(answer, conditionsOf(request.query), parts.search);
  const isListed = (id: string): boolean => parts.archive.paper(id)?.listDay !== undefined;
  // What only the source gave keeps its place, although the archive knows it from now on.
  const unlisted = new Set(fitting.filter((id) => !isListed(id)));
  const strict = found.strict.filter((id) => !unlisted.has(id));
  const near = close.filter((id) => !unlisted.has(id));
  const known = new Set([...strict, ...near]);
  return {
    ...found,
    strict,
    related: takeInTurn(near, fitting).filter((id) => !strict.includes(id)),
    fromSource: new Set(fitting.filter((id) => !known.has(id))),
  };
}

/** The items of two lists, the first of each before the second, each once. */
function takeInTurn(ours: readonly string[], theirs: readonly string[]): readonly string[] {
  const turns = Array.from({ length: Math.max(ours.length, theirs.length) }, (_, rank) => rank);
  return [...new Set(turns.flatMap((rank) => [ours[rank], theirs[rank]]).filter((id) => id !== undefined))];
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
  /** Of a topic that was followed and can be followed again. */
  readonly name?: string;
}

/** What people searched for lately, so that the buttons of its pages work for months. Raises `StorageError`. */
export interface SavedSearches {
  /** Returns a key of at most 40 characters of `[a-z0-9-]`, the same for the same search of the same person. */
  save(userId: string, search: SavedSearch): Promise<string>;
  /** Undefined for a key of nobody's making, and for a search that is too old. */
  get(key: string): Promise<SavedSearch | undefined>;
  /** The newest first. */
  of(userId: string): Promise<readonly SavedSearch[]>;
  removeOf(userId: string): Promise<void>;
}
