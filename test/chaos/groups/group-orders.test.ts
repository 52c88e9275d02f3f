import { expect, test } from 'vitest';
import { giveGroupOrder } from '../../../chaos/groups/group-orders.ts';
import { startDiscord } from '../../../playground/discord/server.ts';

test.each([
  ["I can't reach my database right now. Try again in a minute.", 'failed'],
  ['### Reading group\nNothing is nominated yet.', 'done'],
] as const)(
  'whether a nomination or a poll has ended is not read from an apology: %s',
  async (content, kind) => {
    await using discord = Object.assign(await startDiscord(), {
      [Symbol.asyncDispose]: () => discord.close(),
    });
    const { id: guildId } = discord.addGuild('One');
    const { id: channelId } = discord.addChannel(guildId, 'reading');
    const message = discord.say(channelId, content);
    const act: typeof discord.act = (userId, where) => ({
      ...discord.act(userId, where),
      runCommand: async () => ({ message, ephemeral: true }),
    });
    const spot = { guildId, channelId, hasPolls: true, adminId: discord.adminId, people: [] };
    const give = (order: Parameters<typeof giveGroupOrder>[2]) =>
      giveGroupOrder({ ...discord, act }, spot, order);

    expect(await give({ kind: 'withdraw', paperId: '2606.00001' })).toBe(kind);
    expect(await give({ kind: 'end-poll' })).toBe(kind);
  },
);
