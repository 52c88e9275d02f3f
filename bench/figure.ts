/** One thing measured; printed as a line. */
export interface Figure {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
}

export interface BenchOptions {
  /** Of what is drawn by chance. */
  readonly seed: number;
}

export type Bench = (options: BenchOptions) => Promise<readonly Figure[]>;
