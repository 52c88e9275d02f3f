/** One thing measured; printed as a line. */
export interface Figure {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
}

export interface BenchOptions {
  /** Of what is drawn by chance. */
  readonly seed: number;
  /** A folder with the votes that the papers of recorded days had months later, a JSON file each. */
  readonly later?: string | undefined;
  /** A folder of daily lists as the API answers, a JSON file each, whose papers the search has as well. */
  readonly lists?: string | undefined;
  /** A JSON file of `["paper id", "question"]`, which are asked in place of the project's own. */
  readonly questions?: string | undefined;
  /** How many of each kind befall the leader. */
  readonly faults?: number;
  /** A patch of `failover/broken`: a mistake that must show. */
  readonly broken?: string | undefined;
}

export type Bench = (options: BenchOptions) => Promise<readonly Figure[]>;
