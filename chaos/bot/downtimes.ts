import type { Absence, Disturbance, Life } from '../audit/history.ts';

/** From the end of each process until the next one is ready; of several, while none of them leads. */
export function listDowntimes(lives: readonly Life[]): readonly Disturbance[] {
  return lives.some(({ replica }) => replica !== undefined) ? listLeaderless(lives) : listGaps(lives);
}

function listGaps(lives: readonly Life[]): readonly Disturbance[] {
  return lives.map((life, index) => {
    const before = lives[index - 1];
    const from = before === undefined ? 0 : endOf(before, life.startedAt);
    return { from, to: life.readyAt ?? life.endedAt ?? Date.now(), kind: 'down' };
  });
}

function listLeaderless(lives: readonly Life[]): readonly Disturbance[] {
  const reigns = lives
    .flatMap((life) =>
      life.leadsFrom === undefined ? [] : [{ from: life.leadsFrom, to: endOf(life, Infinity) }],
    )
    .toSorted((a, b) => a.from - b.from);
  const gaps = [{ from: 0, to: 0 }, ...reigns].map(({ to }, index) => {
    const next = reigns[index]?.from ?? Date.now();
    return { from: to, to: next, kind: 'down' };
  });
  return gaps.filter(({ from, to }) => from < to);
}

/** Of several processes: from the end of each until the next one in its place is ready. */
export function listAbsences(lives: readonly Life[]): readonly Absence[] {
  return [...Map.groupBy(lives, ({ replica }) => replica)].flatMap(([replica, own]) =>
    replica === undefined ? [] : listGaps(own).map(({ from, to }) => ({ replica, from, to })),
  );
}

function endOf({ signalledAt, endedAt }: Life, otherwise: number): number {
  return signalledAt ?? endedAt ?? otherwise;
}
