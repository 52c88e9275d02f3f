import { afterEach, expect, it } from 'vitest';
import { type CommandWorld, DAY, startCommandWorld, textOf } from '../../support/command-world.ts';

const NOTE = /I have papers since \w{3} \d+ \w+ \d{4}\. Older days are still coming in\./;
let world: CommandWorld;

afterEach(() => world.stop());

it('says how far the archive reaches where papers may be missing while older days come in', async () => {
  world = await startCommandWorld({ archiveSince: '2023-05-04' });

  expect(textOf(await world.admin.run('search', { query: 'paper' }))).toMatch(NOTE);
  const none = textOf(await world.admin.run('papers', { day: '2023-05-04' }));
  expect(none).toMatch(NOTE);
  expect(none).toMatch(/\nThis is the nearest day with papers:$/);
  expect(textOf(await world.admin.run('papers', { day: DAY }))).not.toMatch(NOTE);
});

it('says nothing of it once every day is there', async () => {
  world = await startCommandWorld();

  expect(textOf(await world.admin.run('search', { query: 'paper' }))).not.toMatch(NOTE);
  expect(textOf(await world.admin.run('papers', { day: '2023-05-04' }))).not.toMatch(NOTE);
});
