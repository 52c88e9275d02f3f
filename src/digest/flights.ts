import { StorageError } from '../errors.ts';
import type { FlowLog } from './flow-dependencies.ts';
import type { RunControl } from './run-delivery.ts';

export interface Flight {
  readonly control: RunControl;
  /** Never rejects. */
  readonly ended: Promise<unknown>;
}

/** The one task that each destination may have at a time. */
export interface Flights {
  of(destinationId: string): Flight | undefined;
  all(): Iterable<Flight>;
  fly<T>(destinationId: string, task: (control: RunControl) => Promise<T>): Promise<T>;
}

export function createFlights(): Flights {
  const flights = new Map<string, Flight>();
  return {
    of: (destinationId) => flights.get(destinationId),
    all: () => flights.values(),
    async fly(destinationId, task) {
      const control: RunControl = { wake: new AbortController() };
      const ended = task(control).finally(() => flights.delete(destinationId));
      flights.set(destinationId, { control, ended: ended.catch(() => undefined) });
      return ended;
    },
  };
}

/** Nothing that fails here may end the process or hold up another destination; the next minute tries again. */
export async function guard(
  { log }: { readonly log: Pick<FlowLog, 'error'> },
  fields: object,
  task: () => Promise<unknown>,
): Promise<void> {
  try {
    await task();
  } catch (error) {
    const message = error instanceof StorageError ? 'storage failed, slot stays due' : 'unexpected error';
    log.error({ ...fields, err: error }, message);
  }
}
