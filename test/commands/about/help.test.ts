import { expect, it } from 'vitest';
import { commands } from '../../../commands/index.ts';
import { mentioningAnswers, messageOf, startCommandWorld } from '../../support/command-world.ts';

it('/help names every other command, to the reader alone', { timeout: 60_000 }, async () => {
  const world = await startCommandWorld({ papers: 0 });

  const reply = await world.member.run('help');

  expect(reply.ephemeral).toBe(true);
  const names = commands.map(({ data }) => data.name).filter((name) => name !== 'help');
  expect(names.filter((name) => !messageOf(reply).content.includes(`</${name}:`))).toEqual([]);
  expect(mentioningAnswers(world)).toEqual([]);
  await world.stop();
});
