import type { Delivery } from './delivery.ts';
import type { Setback } from './messenger.ts';

/** Where a delivery stands after one step was tried, or looked for. */
export interface StepResult {
  readonly delivery: Delivery;
  /** What the medium answered, where it was not a success. */
  readonly setback?: Setback;
  /** The run ends with the delivery still open. */
  readonly end?: true;
}
