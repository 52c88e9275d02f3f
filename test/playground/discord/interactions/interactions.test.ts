import { Client, Events, type Interaction } from 'discord.js';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';

const COMMANDS = [
  { name: 'pick', description: 'Pick', options: [{ type: 7, name: 'channel', description: 'Where' }] },
  {
    name: 'find',
    description: 'Find',
    options: [{ type: 3, name: 'topic', description: 'What', autocomplete: true, required: true }],
  },
];
const ROWS = [
  { type: 1, components: [{ type: 2, style: 1, label: 'Go', custom_id: 'go' }] },
  {
    type: 1,
    components: [{ type: 3, custom_id: 'menu', options: [{ label: 'One', value: '1' }] }],
  },
];
let discord: DiscordStandIn;
let client: Client;
let place: { guildId: string; channelId: string };
let now = 0;

beforeEach(async () => {
  now = Date.parse('2026-07-01T08:00:00Z');
  discord = await startDiscord({ clock: { now: () => now } });
  const guild = discord.addGuild('Lab');
  place = { guildId: guild.id, channelId: discord.addChannel(guild.id, 'papers').id };
  client = new Client({ intents: [], rest: { api: `${discord.url}/api`, retries: 0 } });
  const ready = new Promise((resolve) => client.once(Events.ClientReady, resolve));
  await client.login(discord.token);
  await ready;
  await client.rest.put(`/applications/${discord.state.applicationId}/commands`, { body: COMMANDS });
});

afterEach(async () => {
  await client.destroy();
  await discord.close();
});

/** Answers over the wire; what it resolves with, or the refusal, is returned. */
function answer<T>(handle: (interaction: Interaction) => Promise<T>): Promise<unknown> {
  const { promise, resolve } = Promise.withResolvers<unknown>();
  const run = async (interaction: Interaction) => {
    try {
      resolve(await handle(interaction));
    } catch (error) {
      resolve(error);
    }
  };
  client.once(Events.InteractionCreate, (interaction) => void run(interaction));
  return promise;
}
const callback = ({ id, token }: Interaction, body: unknown) =>
  client.rest.post(`/interactions/${id}/${token}/callback`, { body, auth: false });
const webhook = ({ token }: Interaction): `/webhooks/${string}` =>
  `/webhooks/${discord.state.applicationId}/${token}`;
const person = () => discord.act(discord.memberId, place);

async function postControls(): Promise<string> {
  await client.rest.post(`/channels/${place.channelId}/messages`, {
    body: { content: 'Controls', components: ROWS },
  });
  return discord.messagesOf(place.channelId)[0]?.id ?? '';
}

it('hands the choices of an autocomplete to the person', async () => {
  void answer(async (interaction) => {
    if (interaction.isAutocomplete())
      await interaction.respond([{ name: interaction.options.getFocused(), value: 'a' }]);
  });
  expect(await person().autocomplete('find', { topic: 'dif' }, 'topic')).toEqual([
    { name: 'dif', value: 'a' },
  ]);
});

it('refuses more than 25 choices', async () => {
  const choices = Array.from({ length: 26 }, (_, at) => ({ name: `n${at}`, value: 'v' }));
  const refused = answer(async (interaction) => {
    try {
      return await callback(interaction, { type: 8, data: { choices } });
    } finally {
      await callback(interaction, { type: 8, data: { choices: [] } });
    }
  });
  expect(await person().autocomplete('find', {}, 'topic')).toEqual([]);
  expect(await refused).toMatchObject({ status: 400, code: 50035 });
});

it('updates the message of a pressed button in place', async () => {
  const id = await postControls();
  void answer(async (interaction) => {
    if (interaction.isButton()) await interaction.update({ content: 'Pressed', components: [] });
  });
  const reply = await person().press(id, 'go');
  expect(reply.message?.id).toBe(id);
  expect(discord.messagesOf(place.channelId)).toMatchObject([{ content: 'Pressed', components: [] }]);
});

it('gives a menu its values and shows the edit after a deferred update', async () => {
  const id = await postControls();
  void answer(async (interaction) => {
    if (!interaction.isStringSelectMenu()) return;
    await interaction.deferUpdate();
    await interaction.editReply(`Chose ${interaction.values.join()}`);
  });
  expect((await person().choose(id, 'menu', ['1'])).message?.content).toBe('Chose 1');
});

it('knows no control that is not on the message', async () => {
  const id = await postControls();
  await expect(person().press(id, 'gone')).rejects.toThrow('no control');
});

it('fills a deferred reply with the first follow-up, and adds the second', async () => {
  const done = answer(async (interaction) => {
    await callback(interaction, { type: 5 });
    await client.rest.post(webhook(interaction), { body: { content: 'first' }, auth: false });
    await client.rest.post(webhook(interaction), { body: { content: 'second' }, auth: false });
  });
  expect((await person().runCommand('pick')).message?.content).toBe('first');
  await done;
  expect(discord.messagesOf(place.channelId).map(({ content }) => content)).toEqual(['first', 'second']);
});

it('ends with no message when a deferred reply is deleted', async () => {
  void answer(async (interaction) => {
    if (!interaction.isChatInputCommand()) return;
    await interaction.deferReply();
    await interaction.deleteReply();
  });
  expect(await person().runCommand('pick')).toEqual({ ephemeral: false });
  expect(discord.messagesOf(place.channelId)).toEqual([]);
});

it('refuses a second answer with 40060', async () => {
  const refused = answer(async (interaction) => {
    await callback(interaction, { type: 4, data: { content: 'x' } });
    await callback(interaction, { type: 4, data: { content: 'y' } });
  });
  await person().runCommand('pick');
  expect(await refused).toMatchObject({ status: 400, code: 40060 });
});

it('refuses an answer after three seconds with 10062', async () => {
  const refused = answer(async (interaction) => {
    now += 3001;
    await callback(interaction, { type: 4, data: { content: 'x' } });
  });
  await expect(person().runCommand('pick')).rejects.toThrow('did not respond');
  expect(await refused).toMatchObject({ status: 404, code: 10062 });
});

it('refuses edits after fifteen minutes with 50027', async () => {
  const refused = answer(async (interaction) => {
    await callback(interaction, { type: 4, data: { content: 'x' } });
    now += 15 * 60_000 + 1;
    await client.rest.patch(`${webhook(interaction)}/messages/@original`, {
      body: { content: 'y' },
      auth: false,
    });
  });
  await person().runCommand('pick');
  expect(await refused).toMatchObject({ code: 50027 });
});

it('tells what the person and the bot may do in a chosen channel', async () => {
  discord.setBotPermissions(place.channelId, 1n << 10n);
  let resolved: unknown;
  client.once(Events.Raw, (packet: { d: { data: { resolved: unknown } } }) => {
    resolved = packet.d.data.resolved;
  });
  void answer((interaction) => callback(interaction, { type: 4, data: { content: 'x', flags: 64 } }));
  const reply = await person().runCommand('pick', { channel: place.channelId });
  expect(reply.ephemeral).toBe(true);
  expect(resolved).toMatchObject({
    channels: {
      [place.channelId]: { app_permissions: '1024', permissions: expect.not.stringMatching(/^1024$/) },
    },
  });
});
