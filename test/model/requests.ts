import { land, twinOf } from './discord.ts';
import {
  type Add,
  LANDING_TICKS,
  type Request,
  type Scenario,
  setProcess,
  spend,
  type World,
} from './world.ts';

/** Requests on their way: each may have its effect until it is too late, whoever still waits for it. */
export function addRequestMoves(world: World, scenario: Scenario, add: Add): void {
  for (const request of world.requests) {
    if (request.owner === undefined) {
      add(`orphan ${request.key} lands`, undefined, (next) => {
        take(next, request);
        land(next, scenario, request);
      });
      add(`orphan ${request.key} is lost`, 3, (next) => take(next, request));
    } else addAnswers(world, scenario, { add, request, owner: request.owner });
  }
}

function addAnswers(
  world: World,
  scenario: Scenario,
  { add, request, owner }: { readonly add: Add; readonly request: Request; readonly owner: number },
): void {
  const { key, step } = request;
  const { n } = step;
  add(`answered ${key}`, 1, (next) => {
    take(next, request);
    const isDeleted = twinOf(next, request)?.isDeleted;
    setProcess(next, owner, { at: 'answered', isDeleted, event: land(next, scenario, request) });
  });
  if (world.budget.faults === 0) return;
  const fault = (label: string, kind: 'unclear' | 'no-effect', change: (next: World) => void): void =>
    add(`${label} ${key}`, undefined, (next) => {
      spend(next, 'faults');
      change(next);
      setProcess(next, owner, { at: 'answered', event: { kind, n } });
    });
  const haveEffect = (next: World): void => {
    take(next, request);
    land(next, scenario, request);
  };
  fault('effect, ANSWER LOST', 'unclear', haveEffect);
  fault('CUT OFF, no effect', 'unclear', (next) => take(next, request));
  fault('NO ANSWER, still on its way', 'unclear', (next) => {
    next.requests = next.requests.map((one) => (one === request ? { ...one, owner: undefined } : one));
  });
  fault('429', 'no-effect', (next) => take(next, request));
  fault('effect, 500 WITH JSON', scenario.habits.serverError, haveEffect);
}

function take(next: World, request: Request): void {
  next.requests = next.requests.filter((one) => one !== request);
}

/** A request that would still be under way a tick later, when it can have no effect any more. */
export function isAtItsEnd({ age, owner }: Request, { setting }: Scenario): boolean {
  return age >= LANDING_TICKS && !(setting.hasLateEffects === true && owner === undefined);
}
