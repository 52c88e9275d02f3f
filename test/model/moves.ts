import { passTick } from './passing-time.ts';
import { addPeoplesMoves } from './people.ts';
import { addProcessMoves } from './processes.ts';
import { addRequestMoves, isAtItsEnd } from './requests.ts';
import { type Add, type Move, type Scenario, spend, type World } from './world.ts';

/**
 * All that can happen next. Each move is one thing that cannot be divided: a transaction, a request that leaves, one that
 * has its effect, an answer, a crash, a command, a tick.
 */
export function movesFrom(world: World, scenario: Scenario): readonly Move[] {
  const moves: Move[] = [];
  const add: Add = (label, rank, change) => {
    const next = { ...world };
    change(next);
    moves.push({ label, rank, world: next });
  };
  addProcessMoves(world, scenario, add);
  addRequestMoves(world, scenario, add);
  addPeoplesMoves(world, scenario, add);
  if (world.requests.some((one) => isAtItsEnd(one, scenario))) return moves;
  const isBusy = moves.some(({ rank }) => rank !== undefined && rank <= 2);
  if (!isBusy) add('tick', 5, (next) => passTick(next, scenario));
  else if (world.budget.stalls > 0) {
    add('tick, STANDING STILL', undefined, (next) => {
      spend(next, 'stalls');
      passTick(next, scenario);
    });
  }
  return moves;
}

/** Of a world in which nothing is under way and nothing goes wrong any more: what was lost, if anything. */
export function findLoss(world: World, { setting }: Scenario): string | undefined {
  const { deliveries, destination, records, witness } = world;
  if (setting.refusesAll !== undefined) {
    // Each slot tries again, and so there is no rest.
    const isShown = destination?.trouble?.code === setting.refusesAll && Object.keys(records).length === 0;
    return isShown ? undefined : 'a refusal of every paper is not shown, or the papers are recorded';
  }
  if (deliveries.length > 0) return 'a delivery stays open for ever though nothing goes wrong';
  const getsNothing = destination === undefined || destination.pausedAt !== undefined;
  for (const paper of world.followed) {
    if (witness.posted[paper] !== undefined || records[paper] === 'hidden') continue;
    if (records[paper] === 'refused' && setting.poison?.[paper] === 'always') continue;
    if (getsNothing && records[paper] === undefined && destination?.coveredSlot === undefined) continue;
    return `paper ${paper} is lost`;
  }
  if (setting.isCalm === true && setting.mention === true && witness.allMentions !== 1) {
    return `the role was mentioned ${witness.allMentions} times`;
  }
  return undefined;
}
