import { REST } from 'discord.js';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type DiscordStandIn, startDiscord } from '../../../../playground/discord/server.ts';
import type { Message } from '../../../../playground/discord/state.ts';

let discord: DiscordStandIn;
let rest: REST;
let channelId: string;
let messages: `/channels/${string}/messages`;

beforeEach(async () => {
  discord = await startDiscord({ limits: false });
  channelId = discord.addChannel(discord.addGuild('Lab').id, 'papers').id;
  messages = `/channels/${channelId}/messages`;
  rest = new REST({ api: `${discord.url}/api`, retries: 0 }).setToken(discord.token);
});
afterEach(() => discord.close());

const bib = (name = 'papers.bib', data = '@misc{a}') => ({ name, data, contentType: 'text/x-bibtex' });
const last = (): Message | undefined => discord.messagesOf(channelId).at(-1);
const V2 = 1 << 15;

describe('a file', () => {
  it('is kept with the message that it came with, shown to who asks, and served', async () => {
    await rest.post(messages, {
      body: { content: 'Here', attachments: [{ id: 0, filename: 'papers.bib', description: 'Citations' }] },
      files: [bib()],
    });

    const read = await rest.get(`${messages}/${last()?.id}`);
    expect(read).toMatchObject({
      content: 'Here',
      attachments: [
        { filename: 'papers.bib', size: 8, content_type: 'text/x-bibtex', description: 'Citations' },
      ],
    });
    const served = await fetch(last()?.attachments[0]?.url ?? '');
    expect(await served.text()).toBe('@misc{a}');
  });

  it('is enough of a message, and its name is cleaned', async () => {
    await rest.post(messages, { files: [bib('_my papers.bib')] });

    expect(last()?.attachments).toMatchObject([{ filename: 'my_papers.bib' }]);
  });

  it('goes with an answer to an interaction, and with its edit', async () => {
    const body = [{ name: 'export', description: 'Export' }];
    await rest.put(`/applications/${discord.state.applicationId}/commands`, { body });
    const socket = new WebSocket(discord.url.replace('http', 'ws'));
    const interaction = new Promise<{ id: string; token: string }>((resolve) => {
      socket.addEventListener('message', ({ data }) => {
        const { op, t, d } = JSON.parse(String(data));
        if (op === 10) socket.send(JSON.stringify({ op: 2, d: { token: discord.token, intents: 0 } }));
        if (t === 'READY') void discord.act(discord.memberId, { channelId }).runCommand('export');
        if (t === 'INTERACTION_CREATE') resolve(d);
      });
    });
    const { id, token } = await interaction;

    await rest.post(`/interactions/${id}/${token}/callback`, {
      body: { type: 4, data: { content: 'One' } },
      files: [bib('one.bib')],
    });
    const [kept] = last()?.attachments ?? [];
    await rest.patch(`/webhooks/${discord.state.applicationId}/${token}/messages/@original`, {
      body: { attachments: [{ id: kept?.id }, { id: 0, filename: 'two.bib' }] },
      files: [bib('two.bib')],
    });
    socket.close();

    expect(last()?.attachments.map(({ filename }) => filename)).toEqual(['one.bib', 'two.bib']);
  });

  it.each([
    { what: 'over 10 MiB', files: [bib('a.bib', 'x'.repeat(10 * 1024 * 1024 + 1))], code: 50_045 },
    { what: 'one of eleven', files: Array.from({ length: 11 }, (_, at) => bib(`${at}.bib`)), code: 30_015 },
  ])('is refused when it is $what', async ({ files, code }) => {
    await expect(rest.post(messages, { files })).rejects.toMatchObject({ code });
  });

  it('is refused without Attach Files, or when only its metadata is there', async () => {
    const body = { content: 'x', attachments: [{ id: 0, filename: 'a.bib' }] };
    await expect(rest.post(messages, { body })).rejects.toMatchObject({ code: 50_035 });
    discord.setBotPermissions(channelId, (1n << 10n) | (1n << 11n));

    await expect(rest.post(messages, { files: [bib()] })).rejects.toMatchObject({ code: 50_013 });
  });

  it('is shown by the components of a message of components v2, and not beside them', async () => {
    const components = [{ type: 13, file: { url: 'attachment://papers.bib' } }];
    await rest.post(messages, { body: { flags: V2, components }, files: [bib()] });

    expect(last()).toMatchObject({ attachments: [], components: [{ file: { attachment_id: /\d/ } }] });
    const edit = rest.patch(`${messages}/${last()?.id}`, { body: { flags: V2, components }, files: [bib()] });
    await expect(edit).rejects.toMatchObject({ code: 50_035 });
  });

  it('must be there when a component names it', async () => {
    const components = [{ type: 13, file: { url: 'attachment://papers.bib' } }];

    await expect(rest.post(messages, { body: { flags: V2, components } })).rejects.toMatchObject({
      code: 50_035,
    });
  });
});
