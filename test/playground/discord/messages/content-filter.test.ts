import { REST } from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';

let discord: DiscordStandIn;
let rest: REST;
let guildId: string;
let channelId: string;

beforeEach(async () => {
  discord = await startDiscord({ limits: false });
  guildId = discord.addGuild('Lab').id;
  channelId = discord.addChannel(guildId, 'papers').id;
  rest = new REST({ api: `${discord.url}/api`, retries: 0 }).setToken(discord.token);
});
afterEach(() => discord.close());

const post = (body: unknown, id = channelId) => rest.post(`/channels/${id}/messages`, { body });
const embed = { embeds: [{ title: String.raw`A \*bad\* paper` }] };
const plain = { content: String.raw`- A \*bad\* paper` };

it.each([50_035, 200_000, 200_001, 240_000] as const)(
  'refuses a text with %i in every form',
  async (code) => {
    discord.refuseContent({ text: 'A *bad* paper', code });

    await expect(post(embed)).rejects.toMatchObject({ status: 400, code });
    await expect(post(plain)).rejects.toMatchObject({ status: 400, code });
    await post({ content: 'A good paper' });

    expect(discord.messagesOf(channelId)).toHaveLength(1);
  },
);

it('refuses a text in embeds alone, where told so', async () => {
  discord.refuseContent({ text: 'A *bad* paper', code: 50_035, within: 'embeds' });

  await expect(post(embed)).rejects.toMatchObject({ code: 50_035 });
  await expect(post(plain)).resolves.toBeDefined();
});

it('refuses a text in one place alone, until told otherwise', async () => {
  const other = discord.addChannel(guildId, 'other').id;
  const end = discord.refuseContent({ text: 'bad', code: 200_000, placeId: channelId });

  await expect(post(plain)).rejects.toMatchObject({ code: 200_000 });
  await expect(post(plain, other)).resolves.toBeDefined();
  end();
  await expect(post(plain)).resolves.toBeDefined();
});

it('refuses the name of a forum post in a whole server', async () => {
  const forum = discord.addForum(guildId, 'forum');
  discord.refuseContent({ text: 'bad', code: 200_001, placeId: guildId });

  const body = { name: 'A bad paper', message: { content: 'x' } };

  await expect(rest.post(`/channels/${forum.id}/threads`, { body })).rejects.toMatchObject({ code: 200_001 });
});
