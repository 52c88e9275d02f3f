import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type CommandWorld,
  messageOf,
  type Person,
  startCommandWorld,
  textOf,
} from '../support/command-world.ts';

const HERE = 'Pick a topic below to follow it here.';
const BY_DM = 'Pick a topic below to get its papers by DM.';

describe('where the bot has no channel, or none for that person', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  /** In a server of their own that has not the app. */
  let visitor: Person;
  beforeEach(async () => {
    world = await startCommandWorld({ papers: 3 });
    const { visitorId, addGuild, addChannel } = world.discord;
    const elsewhere = addGuild('Elsewhere', { members: [visitorId] });
    visitor = world.personIn(visitorId, addChannel(elsewhere.id, 'lounge').id);
  });
  afterEach(async () => {
    await world.stop();
  });

  it('/topics promises to follow here those alone who may, and DMs to all others', async () => {
    const dm = world.discord.openDmWith(world.member.id).id;

    expect(textOf(await world.admin.run('topics'))).toContain(HERE);
    for (const person of [world.member, world.memberIn(dm), visitor])
      expect(textOf(await person.run('topics'))).toContain(BY_DM);
  });

  it('/help does not offer to follow here', async () => {
    const reply = messageOf(await visitor.run('help'));

    expect(JSON.stringify(reply)).toContain('Every paper by DM');
    expect(JSON.stringify(reply)).not.toContain('Every paper here');
  });

  it('/schedule and /roundup are about DMs, as /subscribe is', async () => {
    const early = textOf(await visitor.run('schedule'));
    await visitor.run('subscribe');

    const settings = textOf(await visitor.run('schedule', { time: '7am' }));
    const roundup = textOf(await visitor.run('roundup', { when: '1' }));

    expect(early).toContain('Nothing is followed by DM yet.');
    expect(settings).toContain('Updated your DM settings');
    expect(settings).toContain('07:00');
    expect(roundup).toContain('A roundup of each week comes by DM.');
  });
});
