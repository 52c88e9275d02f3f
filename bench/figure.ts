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
}

export type Bench = (options: BenchOptions) => Promise<readonly Figure[]>;
