import type { Paper } from './paper.ts';
import type { SavedPaper } from './saved-papers.ts';

/** For reference managers. */
export const CITATION_FORMATS = ['bibtex', 'ris', 'csl-json'] as const;
export type CitationFormat = (typeof CITATION_FORMATS)[number];

/** A paper with what a person wrote beside it. */
export interface CitedPaper {
  readonly paper: Paper;
  readonly saved: Pick<SavedPaper, 'note' | 'tags'>;
}

/** What a file says of one work. */
export interface Reference {
  /** Texts that may name an arXiv paper: identifiers and links. */
  readonly names: readonly string[];
  readonly title: string;
  readonly note?: string;
  readonly tags: readonly string[];
}

/** Files of reference managers. What takes too long raises `file-not-readable`. */
export interface Citations {
  /** A text that a person has attached, from the address that Discord gives it. Raises `SourceError` and `file-too-large`. */
  fetch(url: string, mostMegabytes: number): Promise<string>;
  write(papers: readonly CitedPaper[], format: CitationFormat): Promise<string>;
  /** The first works of a file, `most` at most. Raises `file-not-readable` for what is no file of that format. */
  read(text: string, format: 'bibtex' | 'ris', most: number): Promise<readonly Reference[]>;
}
