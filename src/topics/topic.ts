/** A query with a name. `query` is canonical text (see `printQuery`), empty for every paper. */
export interface Topic {
  readonly name: string;
  readonly query: string;
}

export const EVERY_PAPER: Topic = { name: 'Every paper', query: '' };
