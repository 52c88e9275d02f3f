import type { Day } from '../calendar/zoned-time.ts';

export const TEXT_FIELDS = ['title', 'abstract', 'keyword', 'author', 'org', 'submitter'] as const;
export type TextField = (typeof TEXT_FIELDS)[number];

/** What a person asked for; see the README for the language. `{ kind: 'everything' }` matches all papers. */
export type Query = Everything | Term | Condition | And | Or | Not;

export interface Everything {
  readonly kind: 'everything';
}

export interface Term {
  readonly kind: 'term';
  /** A `word` also matches its singular and plural; a `prefix` its beginnings; a `phrase` its words in this order. */
  readonly form: 'word' | 'phrase' | 'prefix';
  /** As typed, with single spaces; holds at least one letter or digit. */
  readonly text: string;
  /** Any text field when absent. */
  readonly field?: TextField;
}

export type Condition =
  | { readonly kind: 'at-least'; readonly of: 'upvotes' | 'stars' | 'comments'; readonly value: number }
  | { readonly kind: 'code'; readonly value: boolean }
  /** The list day, else the arXiv date, is `day` or later. */
  | { readonly kind: 'since'; readonly day: Day };

export interface And {
  readonly kind: 'and';
  readonly all: readonly Query[];
}

export interface Or {
  readonly kind: 'or';
  readonly any: readonly Query[];
}

export interface Not {
  readonly kind: 'not';
  readonly query: Query;
}

export const EVERYTHING: Everything = { kind: 'everything' };
