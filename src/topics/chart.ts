/** A picture of lines over time, in words and numbers alone: JSON, as deliveries keep it. */
export type Chart = {
  readonly title: string;
  /** One to five. */
  readonly lines: readonly ChartLine[];
  /** Below the points; as many are shown as there is room for. */
  readonly labels: readonly string[];
};

export type ChartLine = {
  /** Anything that people type: what the font cannot draw is left out. */
  readonly name: string;
  /** Beside the name. */
  readonly note: string;
  /** Shares, 0 to 1; null where nothing is known. */
  readonly values: readonly (number | null)[];
};

/** Draws pictures, each of its own background. */
export interface Charts {
  /** A PNG; undefined where it cannot be drawn at present. Never rejects. */
  draw(chart: Chart): Promise<Buffer | undefined>;
}
