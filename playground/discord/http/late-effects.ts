import type { DiscordClock } from '../discord-clock.ts';

/** Requests that nobody answered, and that are carried out later all the same. */
export interface LateEffects {
  add(afterMs: number, act: () => void): void;
  /** Carries out what is due by now. Called before anybody looks at, or adds to, what is there. */
  land(): void;
}

interface LateEffect {
  readonly due: number;
  act(): void;
}

export function createLateEffects(clock: DiscordClock): LateEffects {
  let waiting: readonly LateEffect[] = [];
  return {
    add(afterMs, act) {
      waiting = [...waiting, { due: clock.now() + afterMs, act }].toSorted((one, two) => one.due - two.due);
    },
    land() {
      const now = clock.now();
      const due = waiting.filter((one) => one.due <= now);
      waiting = waiting.filter((one) => one.due > now);
      for (const one of due) clock.ago(now - one.due, () => one.act());
    },
  };
}
