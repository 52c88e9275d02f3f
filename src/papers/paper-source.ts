import type { ListDay } from '../calendar/list-day.ts';
import type { Paper } from './paper.ts';

export interface DayList {
  /** Unique by id. Empty on a weekend, and for a day that is not open yet. */
  readonly papers: readonly Paper[];
  /** Items that were dropped: they could not be read, or were too many for one day. */
  readonly dropped: number;
}

export interface Heading {
  /** From 0. */
  readonly depth: number;
  /** One line, of at most 120 characters. */
  readonly text: string;
}

/**
 * Where papers come from. Every method raises `SourceError`, with the reason `busy` when people asked for more than the
 * source allows. An aborted signal makes it reject with its reason, or with `SourceError` where that is a time-out.
 */
export interface PaperSource {
  listDay(day: ListDay, signal?: AbortSignal): Promise<DayList>;
  /** The same for a day that nobody waits for: everybody else comes first. */
  listOlderDay(day: ListDay, signal?: AbortSignal): Promise<DayList>;
  /** One paper, listed or not, with its links; undefined when the source does not know it. */
  paper(id: string, signal?: AbortSignal): Promise<Paper | undefined>;
  /** The same where nobody waits for it: it is `busy` sooner, and takes nothing from those who do. */
  revisit(id: string, signal?: AbortSignal): Promise<Paper | undefined>;
  /** The headings of a paper's full text, at most 40; empty where the source has no full text of it. */
  outline(id: string, signal?: AbortSignal): Promise<readonly Heading[]>;
  /** What the source calls trending, whatever day it is from, best first. */
  trending(signal?: AbortSignal): Promise<readonly Paper[]>;
  /** The source's own search, best first, at most `limit` papers (1 to 120). */
  search(text: string, limit: number, signal?: AbortSignal): Promise<readonly Paper[]>;
}
