import { describe, expect, it } from 'vitest';
import { explore } from './explore.ts';
import { MISTAKES, scenarioOf } from './mistakes.ts';
import { HABITS, type Setting, TABLE } from './world.ts';
import { WORLDS } from './worlds.ts';

/** One fault, and one crash or command or the like. `npm run explore` explores the worlds as they are. */
function withLittleTrouble(setting: Setting): Setting {
  const { faults = 0, crashes = 0, commands = 0, barred = 0, deletions = 0 } = setting.budget ?? {};
  const isTroubled = commands + barred + deletions > 0;
  const budget = {
    faults: Math.min(faults, 1),
    crashes: isTroubled ? 0 : Math.min(crashes, 1),
    commands: Math.min(commands, barred > 0 ? 1 : 2),
    barred: Math.min(barred, 1),
    deletions,
  };
  return { ...setting, budget };
}

const settings: readonly [string, Setting][] = Object.entries(WORLDS);

describe('the life of a delivery, in every order of events with little trouble', () => {
  it.each(settings)('loses and repeats nothing: %s', (_name, setting) => {
    const { failure } = explore({ setting: withLittleTrouble(setting), habits: HABITS, table: TABLE });

    expect(failure).toBeUndefined();
  });
});

describe('the exploration', () => {
  it.each(MISTAKES.filter(({ isFoundSoon }) => isFoundSoon === true))(
    'finds the mistake: $name',
    (mistake) => {
      expect(explore(scenarioOf(mistake)).failure).toBeDefined();
    },
  );
});
