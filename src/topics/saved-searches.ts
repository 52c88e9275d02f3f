import type { SortOrder } from './paper-search.ts';

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
