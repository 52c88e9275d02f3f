import { afterEach, beforeEach, expect, it } from 'vitest';
import { controlsOf } from '../../../playground/discord/messages/controls.ts';
import { type CommandWorld, startCommandWorld, textOf } from '../../support/command-world.ts';

let world: CommandWorld;
beforeEach(async () => {
  world = await startCommandWorld();
});
afterEach(async () => {
  await world.stop();
});

/** Presses the first Save button of a place, as a member. */
async function pressSave(channelId: string) {
  for (const message of world.discord.messagesOf(channelId))
    for (const one of controlsOf(message))
      if ('label' in one && one.label === 'Save' && 'custom_id' in one)
        return world.discord.act(world.member.id, { channelId }).press(message.id, one.custom_id);
  throw new Error('There is no button Save');
}

async function expectSaved(channelId: string): Promise<void> {
  const saved = await pressSave(channelId);
  expect(saved.ephemeral).toBe(true);
  expect(textOf(saved)).toContain('Saved **[Paper 2606.0');
  expect(textOf(await world.member.run('library'))).toContain('Your library · 1 paper');
}

it.each(['cards', 'threads'])(
  'a paper is saved from a digest of style %s, also after a restart',
  async (style) => {
    const followed = await world.admin.run('subscribe');
    await world.admin.run('schedule', { style });
    await world.admin.press(followed, 'Send one now');
    await world.restart();

    await expectSaved(world.channelId);
  },
);

it('a paper is saved from a post of a forum', async () => {
  const forum = world.discord.addForum(world.guildId, 'forum');
  await world.admin.press(await world.admin.run('subscribe', { channel: forum.id }), 'Send one now');

  const post = Object.values(world.discord.state.channels).findLast(
    ({ parent_id }) => parent_id === forum.id,
  );
  await expectSaved(post?.id ?? '');
});

it('a paper is saved from direct messages', async () => {
  await world.member.press(await world.member.run('subscribe', { by: 'dm' }), 'Send one now');

  await expectSaved(world.discord.openDmWith(world.member.id).id);
});
