import { fingerprintOf } from './fingerprint.ts';
import { findLoss, movesFrom } from './moves.ts';
import { initialWorld, type Scenario, type World } from './world.ts';

export interface Exploration {
  readonly states: number;
  readonly moves: number;
  readonly seconds: number;
  /** What went wrong, and how it came about; undefined where all holds. */
  readonly failure?: { readonly wrong: string; readonly story: readonly string[] };
}

/** The states that were met, by number in the order of meeting. */
interface Met {
  readonly numbers: Map<number, number>;
  readonly parents: number[];
  readonly labels: string[];
  /** The state that follows when nothing goes wrong; -1 for none. */
  readonly calm: number[];
}

/**
 * Meets every state that can be reached, breadth first, so that the story of a failure is the shortest; then follows each
 * state to where it ends when nothing goes wrong any more.
 */
export function explore(scenario: Scenario): Exploration {
  const startedAt = performance.now();
  const met: Met = { numbers: new Map(), parents: [], labels: [], calm: [] };
  const first = initialWorld(scenario);
  meet(met, first, { scenario, parent: -1, label: '' });
  let frontier: [number, World][] = [[0, first]];
  let moves = 0;
  const end = (failure?: Exploration['failure']): Exploration => ({
    states: met.numbers.size,
    moves,
    seconds: (performance.now() - startedAt) / 1_000,
    ...(failure === undefined ? {} : { failure }),
  });
  while (frontier.length > 0) {
    const next: [number, World][] = [];
    for (const [number, world] of frontier) {
      let lowest = Infinity;
      for (const { label, rank = Infinity, world: after } of movesFrom(world, scenario)) {
        moves += 1;
        const { id, isNew } = meet(met, after, { scenario, parent: number, label });
        if (isNew && after.wrong !== undefined) return end({ wrong: after.wrong, story: storyOf(met, id) });
        if (isNew) next.push([id, after]);
        if (rank < lowest) {
          lowest = rank;
          met.calm[number] = id;
        }
      }
    }
    frontier = next;
  }
  return end(judgeEnds(met, scenario));
}

function meet(
  met: Met,
  world: World,
  {
    scenario,
    parent,
    label,
  }: { readonly scenario: Scenario; readonly parent: number; readonly label: string },
): { readonly id: number; readonly isNew: boolean } {
  const key = fingerprintOf(world, scenario.setting);
  const before = met.numbers.get(key);
  if (before !== undefined) return { id: before, isNew: false };
  const id = met.numbers.size;
  met.numbers.set(key, id);
  met.parents.push(parent);
  met.labels.push(label);
  met.calm.push(-1);
  return { id, isNew: true };
}

function storyOf({ parents, labels }: Met, number: number): readonly string[] {
  const story: string[] = [];
  for (let at = number; at > 0; at = parents[at] ?? 0) story.push(labels[at] ?? '');
  return story.toReversed();
}

/** The undisturbed run from any state comes to a circle, in which nothing may be open or lost. */
function judgeEnds(met: Met, scenario: Scenario): Exploration['failure'] {
  const isFine = new Uint8Array(met.calm.length);
  for (let from = 0; from < isFine.length; from += 1) {
    const walk = new Set<number>();
    let at = from;
    while (at !== -1 && isFine[at] === 0 && !walk.has(at)) {
      walk.add(at);
      at = met.calm[at] ?? -1;
    }
    if (at !== -1 && walk.has(at)) {
      const story = storyOf(met, at);
      const wrong = findLoss(retell(story, scenario), scenario);
      if (wrong !== undefined) return { wrong, story: [...story, '… and nothing goes wrong any more'] };
    }
    for (const one of walk) isFine[one] = 1;
  }
  return undefined;
}

function retell(story: readonly string[], scenario: Scenario): World {
  let world = initialWorld(scenario);
  for (const label of story) {
    world = movesFrom(world, scenario).find((move) => move.label === label)?.world ?? world;
  }
  return world;
}
