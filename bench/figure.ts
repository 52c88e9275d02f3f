/** One thing measured; printed as a line. */
export interface Figure {
  readonly figure: string;
  readonly value: number;
  readonly unit: string;
}

export type Bench = () => Promise<readonly Figure[]>;
