import type { Paper } from '../../src/papers/paper.ts';

export const ENGINES = ['archive', 'minisearch', 'minisearch_plain', 'fts5', 'fts5_stems'] as const;
export type EngineName = (typeof ENGINES)[number];

export interface Engine {
  add(papers: readonly Paper[]): void;
  /** Ids of papers, best first. */
  search(text: string): Promise<readonly string[]>;
  close(): Promise<void>;
}
