import { expect, test } from 'vitest';
import { giveOrder } from '../../../chaos/places/person.ts';
import { startDiscord } from '../../../playground/discord/server.ts';

test.each([
  ["I can't reach my database right now. Try again in a minute.", 'failed'],
  ['Nothing sent yet.', 'done'],
])('whether a channel is resumed is not read from an apology: %s', async (content, kind) => {
  await using discord = Object.assign(await startDiscord(), {
    [Symbol.asyncDispose]: () => discord.close(),
  });
  const { id: guildId } = discord.addGuild('One');
  const { id } = discord.addChannel(guildId, 'papers');
  const message = discord.say(id, content);
  const act: typeof discord.act = (userId, where) => ({
    ...discord.act(userId, where),
    runCommand: async () => ({ message, ephemeral: true }),
  });
  const spot = { kind: 'text', id, guildId, roleId: '', typedIn: id, userId: discord.adminId } as const;

  const answer = await giveOrder({
    discord: { ...discord, act },
    spot,
    order: { kind: 'resume' },
    onSample: () => () => undefined,
  });

  expect(answer.kind).toBe(kind);
});
