import type { Instant } from '../calendar/zoned-time.ts';
import { UserError } from '../errors.ts';

/** A paper in the library of one person. */
export interface SavedPaper {
  readonly userId: string;
  readonly paperId: string;
  readonly savedAt: Instant;
}

/** What people keep to read. A change is on disk when its promise resolves. Raises `StorageError`. */
export interface SavedPapers {
  /** Undefined for a paper that the person has not saved. */
  get(userId: string, paperId: string): Promise<SavedPaper | undefined>;
  count(userId: string): Promise<number>;
  /** The latest first, by an index. */
  list(
    userId: string,
    part: { readonly from: number; readonly most: number },
  ): Promise<readonly SavedPaper[]>;
  /** One that is there stays as it is, and nobody gets more than `limit`. */
  add(paper: SavedPaper, limit: number): Promise<'added' | 'present' | 'full'>;
  /** Harmless to repeat. */
  remove(userId: string, paperId: string): Promise<void>;
  removeOf(userId: string): Promise<void>;
}

export const MOST_SAVED = 5_000;

/** Resolves to false for a paper that was saved before. Raises `library-full`. */
export async function savePaper(paper: SavedPaper, saved: Pick<SavedPapers, 'add'>): Promise<boolean> {
  const outcome = await saved.add(paper, MOST_SAVED);
  if (outcome === 'full') throw new UserError('library-full', { limit: MOST_SAVED });
  return outcome === 'added';
}
