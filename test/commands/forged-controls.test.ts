import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controls } from '../../commands/index.ts';
import { type CommandWorld, messageOf, pressForged, startCommandWorld } from '../support/command-world.ts';

const USERS_ID = 'USER';
const forgedIds = controls.flatMap(({ name }) => [
  `${name}:v0:cCHANNEL:${USERS_ID}`,
  `${name}:v1`,
  `${name}:v1:::::`,
  `${name}:v1:cCHANNEL:1:NaN:-1`,
  `${name}:v1:cCHANNEL:${USERS_ID}:__proto__:99999999999999999999`,
  `${name}:v1:__proto__:constructor`,
]);

/** A member without rights presses them, in a channel that follows every paper. */
describe('a button that nobody made', { timeout: 60_000 }, () => {
  let world: CommandWorld;

  beforeAll(async () => {
    world = await startCommandWorld();
    await world.admin.run('subscribe');
  });

  afterAll(async () => {
    await world.stop();
  });

  const press = async (customId: string) =>
    messageOf(await pressForged(world, world.member, customId)).content;

  it.each(forgedIds)('gets a polite answer: %s', async (forged) => {
    const customId = forged.replace('CHANNEL', world.channelId).replace(USERS_ID, world.member.id);

    expect(await press(customId)).not.toContain('reference');
  });

  it('changes nothing', async () => {
    const before = messageOf(await world.admin.run('subscriptions'));
    for (const { name } of controls) {
      await press(`${name}:v1:c${world.channelId}:${world.member.id}`);
    }

    const after = messageOf(await world.admin.run('subscriptions'));

    expect([after.content, after.embeds]).toEqual([before.content, before.embeds]);
  });
});
