import type { Instant } from '../calendar/zoned-time.ts';
import { UserError } from '../errors.ts';

/** A paper in the library of one person, with what they wrote beside it. */
export interface SavedPaper {
  readonly userId: string;
  readonly paperId: string;
  readonly savedAt: Instant;
  /** One text in the person's own words, never empty. */
  readonly note?: string;
  /** As `parseTags` gives them, never empty. */
  readonly tags?: readonly string[];
  /** When it was marked as read; absent for one that is unread. */
  readonly readAt?: Instant;
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
  /**
   * Adds papers of one person, in one transaction, until they have `limit`. One that is there stays as it is. Gives the
   * ids that are new.
   */
  add(userId: string, papers: readonly SavedPaper[], limit: number): Promise<AddedPapers>;
  /** Undefined, and nothing is changed, for a paper that the person has not saved. */
  change(
    userId: string,
    paperId: string,
    change: (present: SavedPaper) => SavedPaper,
  ): Promise<SavedPaper | undefined>;
  /** Harmless to repeat. */
  remove(userId: string, paperId: string): Promise<void>;
  removeOf(userId: string): Promise<void>;
}

export interface AddedPapers {
  readonly added: readonly string[];
  readonly present: readonly string[];
  /** There was no room for these. */
  readonly left: readonly string[];
}

export const MOST_SAVED = 5_000;
export const NOTE_LENGTH = 1_000;
/** In UTF-16 units, as custom ids are measured. */
export const TAG_LENGTH = 25;
export const MOST_TAGS = 10;

/** Resolves to false for a paper that was saved before. Raises `library-full`. */
export async function savePaper(paper: SavedPaper, saved: Pick<SavedPapers, 'add'>): Promise<boolean> {
  const { added, left } = await saved.add(paper.userId, [paper], MOST_SAVED);
  if (left.length > 0) throw new UserError('library-full', { limit: MOST_SAVED });
  return added.length > 0;
}

interface ParsedTags {
  /** Lower-case words and phrases: letters, digits, single spaces, dashes and underscores. */
  readonly tags: readonly string[];
  /** What was typed and is no tag, or not the whole of it: it is too long, one too many, or has no letter. */
  readonly left: readonly string[];
}

/** Reads what stands between commas. */
export function parseTags(text: string): ParsedTags {
  const tags = new Set<string>();
  const left: string[] = [];
  for (const typed of text.split(/[,;\n]/).map((part) => part.trim())) {
    const whole = typed
      .toLowerCase()
      .replace(/[^\p{L}\p{N}\p{M}_-]+/gu, ' ')
      .trim();
    const tag = cutTag(whole);
    const fits = tags.has(tag) || tags.size < MOST_TAGS;
    if (tag !== '' && fits) tags.add(tag);
    if (typed !== '' && (tag === '' || tag !== whole || !fits)) left.push(typed);
  }
  return { tags: [...tags], left };
}

function cutTag(words: string): string {
  return words
    .slice(0, TAG_LENGTH)
    .replace(/\p{Surrogate}$/u, '')
    .trim();
}

/** What a person wrote beside a paper: whatever is empty is absent. */
export function annotate(
  { userId, paperId, savedAt }: SavedPaper,
  { note, tags, readAt }: Pick<SavedPaper, 'note' | 'tags'> & { readonly readAt?: Instant | undefined },
): SavedPaper {
  const text = note?.trim().slice(0, NOTE_LENGTH).toWellFormed() ?? '';
  return {
    userId,
    paperId,
    savedAt,
    ...(text === '' ? {} : { note: text }),
    ...(tags === undefined || tags.length === 0 ? {} : { tags }),
    ...(readAt === undefined ? {} : { readAt }),
  };
}
