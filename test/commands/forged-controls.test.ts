import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { controls } from '../../commands/index.ts';
import {
  buttonOf,
  type CommandWorld,
  pressForged,
  startCommandWorld,
  textOf,
} from '../support/command-world.ts';

const USERS_ID = 'USER';
const forgedIds = controls.flatMap(({ name }) => [
  `${name}:v0:cCHANNEL:${USERS_ID}`,
  `${name}:v1`,
  `${name}:v1:::::`,
  `${name}:v1:cCHANNEL:1:NaN:-1`,
  `${name}:v1:cCHANNEL:${USERS_ID}:__proto__:99999999999999999999`,
  `${name}:v1:__proto__:constructor`,
  `${name}:v1:\ud800`,
]);

/** A member without rights presses them, in a channel that follows every paper. */
describe('a button that nobody made', { timeout: 60_000 }, () => {
  let world: CommandWorld;
  /** What the buttons below the answer to following carry: the channel and the topic that is followed there. */
  let real: string;

  beforeAll(async () => {
    world = await startCommandWorld();
    const followed = await world.admin.run('subscribe');
    real = buttonOf(followed, 'Undo').custom_id.split(':').slice(2).join(':');
  });

  afterAll(async () => {
    await world.stop();
  });

  /** What the answer says; a form says nothing before it is filled in. */
  async function press(customId: string): Promise<string> {
    const reply = await pressForged(world, world.member, customId);
    return reply.form === undefined ? textOf(reply) : '';
  }

  it.each(forgedIds)('gets a polite answer: %s', async (forged) => {
    const customId = forged.replace('CHANNEL', world.channelId).replace(USERS_ID, world.member.id);

    expect(await press(customId)).not.toContain('reference');
  });

  it('changes nothing in the channel', async () => {
    const before = textOf(await world.admin.run('subscriptions'));
    for (const { name } of controls) {
      await press(`${name}:v1:c${world.channelId}:${world.member.id}`);
      await press(`${name}:v1:${real}`);
    }

    expect(before).toContain('every paper');
    expect(textOf(await world.admin.run('subscriptions'))).toBe(before);
  });
});
