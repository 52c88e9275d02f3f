import type { Random } from '../../src/calendar/clock.ts';
import { StorageError } from '../../src/errors.ts';
import { pickNumber } from '../../chaos/random.ts';
import type { Write } from './memory-stores.ts';

/** One process: once it has ended, nothing that it still wants reaches the disk or the medium. */
export interface Life {
  hasEnded: boolean;
}

interface Fault {
  readonly kind: 'crash' | 'failure';
  /** The fault comes with the last of them. */
  writesLeft: number;
}

export interface FaultWrites {
  writesOf(life: Life): Write;
  /** One of the next eight writes ends the process, or fails; whether it takes effect is left to chance. */
  plan(kind: Fault['kind']): void;
  /** No fault is to come any more. */
  clear(): void;
}

/** `tell` learns of every fault. */
export function createFaultWrites(random: Random, tell: (event: string) => void): FaultWrites {
  let faults: readonly Fault[] = [];

  function nextFault(): Fault['kind'] | undefined {
    for (const fault of faults) fault.writesLeft -= 1;
    const due = faults.find(({ writesLeft }) => writesLeft <= 0);
    faults = faults.filter((fault) => fault !== due);
    return due?.kind;
  }

  return {
    writesOf: (life) => (apply, what) => {
      refuseOnceEnded(life);
      const kind = nextFault();
      const takesEffect = kind === undefined || random() < 0.5;
      if (takesEffect) apply();
      if (kind === undefined) return;
      tell(`${kind} ${takesEffect ? 'after' : 'before'} a write of ${what}`);
      life.hasEnded ||= kind === 'crash';
      throw new StorageError(kind);
    },
    plan(kind) {
      faults = [...faults, { kind, writesLeft: pickNumber(random, 1, 8) }];
    },
    clear() {
      faults = [];
    },
  };
}

export function refuseOnceEnded({ hasEnded }: Life): void {
  if (hasEnded) throw new StorageError('this process has ended');
}
