import { expect, test } from 'vitest';
import { readAnswers } from '../../../chaos/readers/read-answers.ts';
import { startDiscord } from '../../../playground/discord/server.ts';

test('an answer may name the channels of its server that the person sees, and no others', async () => {
  await using discord = Object.assign(await startDiscord(), {
    [Symbol.asyncDispose]: () => discord.close(),
  });
  const { id: guildId } = discord.addGuild('One');
  const { id: otherId } = discord.addGuild('Other');
  const here = discord.addChannel(guildId, 'here');
  const hidden = discord.addChannel(guildId, 'hidden');
  const elsewhere = discord.addChannel(otherId, 'elsewhere');
  discord.setPermissions(hidden.id, { id: guildId, bits: 0n });
  const content = [here, hidden, elsewhere].map(({ id }) => `<#${id}>`).join(' ');
  const message = discord.say(here.id, content);
  Object.assign(message, { webhook_id: '1', ephemeral_for: discord.memberId });

  const [answer] = readAnswers(discord);

  expect(answer).toMatchObject({ userId: discord.memberId, hidden: [hidden.id, elsewhere.id] });
});
