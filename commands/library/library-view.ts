import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { UserError } from '../../src/errors.ts';
import { MOST_SAVED, type SavedPaper } from '../../src/papers/saved-papers.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import { searchSaved } from '../../src/topics/search-saved.ts';
import type { CommandContext } from '../context.ts';
import { readPageNumber } from '../parts/message-parts.ts';

export const LIBRARY_SORTS = ['saved', 'newest', 'upvotes', 'unread'] as const;
export type LibrarySort = (typeof LIBRARY_SORTS)[number];

/** What of a library is shown, and how. */
export interface LibraryView {
  readonly userId: string;
  /** Canonical, see `printQuery`; empty for all. */
  readonly query: string;
  /** Empty for all. */
  readonly tag: string;
  readonly sort: LibrarySort;
  /** From 0. */
  readonly page: number;
}

export function isWholeLibrary({ query, tag }: Pick<LibraryView, 'query' | 'tag'>): boolean {
  return query === '' && tag === '';
}

type ViewTools = Pick<CommandContext, 'savedPapers' | 'savedSearches' | 'search'>;

/** For buttons: the query is kept, since it is longer than a custom id may be. */
export async function encodeView(
  view: LibraryView,
  { savedSearches }: Pick<ViewTools, 'savedSearches'>,
): Promise<(name: string, page: number, mark: string) => string> {
  const { userId, query, tag, sort } = view;
  const key = query === '' ? '' : await savedSearches.save(userId, { query, sort: 'relevance' });
  return (name, page, mark) => encodeCustomId(name, page, sort, key, tag, mark);
}

/** Raises `control-outdated` for a query that is not kept any more. */
export async function decodeView(
  userId: string,
  [page = '', sort = '', key = '', tag = '']: readonly string[],
  { savedSearches }: Pick<ViewTools, 'savedSearches'>,
): Promise<LibraryView> {
  const kept = key.startsWith(`${userId}-`) ? await savedSearches.get(key) : undefined;
  if (key !== '' && kept === undefined) throw new UserError('control-outdated', {});
  return {
    userId,
    query: kept?.query ?? '',
    tag,
    sort: LIBRARY_SORTS.find((one) => one === sort) ?? 'saved',
    page: readPageNumber(page),
  };
}

/** The saved papers of a view, in its order. */
export async function findSaved(view: LibraryView, tools: ViewTools): Promise<readonly SavedPaper[]> {
  const { userId, query, tag, sort } = view;
  const all = await tools.savedPapers.list(userId, { from: 0, most: MOST_SAVED });
  const tagged = tag === '' ? all : all.filter(({ tags = [] }) => tags.includes(tag));
  const found = query === '' ? tagged : await searchSaved(parseQuery(query), tagged, tools.search);
  return sortSaved(found, sort, tools);
}

/** What is alike comes by the time of saving, the latest first. */
async function sortSaved(
  saved: readonly SavedPaper[],
  sort: LibrarySort,
  { search }: Pick<ViewTools, 'search'>,
): Promise<readonly SavedPaper[]> {
  switch (sort) {
    case 'saved':
      return saved;
    case 'newest':
      return saved.toSorted((a, b) => (a.paperId < b.paperId ? 1 : -1));
    case 'unread':
      return saved.toSorted((a, b) => Number(a.readAt !== undefined) - Number(b.readAt !== undefined));
    case 'upvotes': {
      const ids = saved.map(({ paperId }) => paperId);
      const [voted = []] = await search.matchAmong([{ kind: 'every' }], ids);
      const votes = new Map(voted.map(({ id, upvotes }) => [id, upvotes]));
      return saved.toSorted((a, b) => (votes.get(b.paperId) ?? 0) - (votes.get(a.paperId) ?? 0));
    }
  }
}
