import type { GiveUpReason } from '../../src/subscriptions/destination.ts';
import { choose, excuse, plan, write } from './ledger.ts';
import { NEXT_SLOT } from './passing-time.ts';
import {
  type Add,
  type Command,
  newDestination,
  type Scenario,
  setProcess,
  SLOT,
  spend,
  STARTED,
  type World,
} from './world.ts';

/** What people do: the owner of the destination, an admin of the server, a moderator. */
export function addPeoplesMoves(world: World, scenario: Scenario, add: Add): void {
  const { setting } = scenario;
  const leader = world.processes[world.leader];
  if (world.budget.commands > 0 && leader?.isOn === true && leader.command === undefined) {
    for (const command of setting.commands ?? []) {
      if (isPossible(world, scenario, command)) {
        add(command.toUpperCase(), undefined, (next) => obey(next, scenario, command));
      }
    }
  }
  if (world.budget.barred > 0 && world.place === 'open') {
    for (const place of setting.places ?? (['blocked'] as const)) {
      add(`PLACE ${place}`, undefined, (next) => {
        spend(next, 'barred');
        next.place = place;
      });
    }
  }
  if (world.place !== 'open') {
    add('place open again', 4, (next) => {
      next.place = 'open';
    });
  }
  if (world.budget.deletions > 0) addDeletions(world, add);
  if (world.budget.takeOvers > 0) {
    add('TAKE-OVER by B', undefined, (next) => {
      spend(next, 'takeOvers');
      next.leader = 1;
      setProcess(next, 1, STARTED);
    });
  }
}

function addDeletions(world: World, add: Add): void {
  for (const message of world.messages) {
    if (message.isDeleted) continue;
    add(`MODERATOR DELETES ${message.key}`, undefined, (next) => {
      spend(next, 'deletions');
      next.messages = next.messages.map((one) => (one === message ? { ...one, isDeleted: true } : one));
      // It is truly absent for whoever looks.
      excuse(next, message.papers);
    });
  }
}

function isPossible(world: World, scenario: Scenario, command: Command): boolean {
  const { destination, followed, deliveries } = world;
  if (destination === undefined) return command === 'follow';
  switch (command) {
    case 'follow':
      return false;
    case 'pause':
      return destination.pausedAt === undefined;
    case 'resume':
      return destination.pausedAt !== undefined;
    case 'unfollow':
      return followed.startsWith('a') && followed.length > 1;
    case 'remove':
      return true;
    case 'sample':
      break;
  }
  return deliveries.length === 0 && choose(world, scenario) !== '';
}

function obey(next: World, scenario: Scenario, command: Command): void {
  const { destination } = next;
  const { setting } = scenario;
  spend(next, 'commands');
  if (command === 'sample') return plan(next, scenario, 'sample');
  setProcess(next, next.leader, { command });
  if (command === 'follow') {
    next.destination = newDestination(setting, setting.startsNow === true ? SLOT : NEXT_SLOT);
    return;
  }
  if (destination === undefined) return;
  switch (command) {
    case 'pause':
      next.destination = { ...destination, pausedAt: SLOT };
      if (scenario.habits.giveUp === 'written') giveUp(next, scenario, 'paused');
      break;
    case 'resume': {
      const { pausedAt: _over, ...rest } = destination;
      next.destination = { ...rest, nextSlot: NEXT_SLOT };
      break;
    }
    case 'unfollow':
      next.followed = next.followed.slice(1);
      giveUp(next, scenario, 'unfollowed');
      break;
    case 'remove':
      next.destination = undefined;
      giveUp(next, scenario, 'removed');
  }
}

function giveUp(next: World, scenario: Scenario, reason: GiveUpReason): void {
  for (const { delivery } of next.deliveries) {
    write(next, scenario, { id: delivery.id, event: { kind: 'give-up', reason, at: SLOT } });
  }
}
