import { existsSync } from 'node:fs';
import { ButtonBuilder, ButtonStyle, EmbedBuilder, SlashCommandBuilder } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { checkContract, SPECIFICATION } from './contract.ts';

const request = (method: string, path: string, body?: unknown) => ({
  method,
  path,
  body,
  status: 200,
  time: 0,
});
const ID = '100000000000000001';
const MESSAGES = `/channels/${ID}/messages`;
const COMMANDS = `/applications/${ID}/commands`;
const button = new ButtonBuilder().setCustomId('go').setLabel('Go').setStyle(ButtonStyle.Primary);
const card = { type: 9, components: [{ type: 10, content: 'x' }], accessory: button.toJSON() };
const embed = new EmbedBuilder().setTitle('Paper').setURL('https://example.org/1').setColor(0xff_d2_1e);
const command = new SlashCommandBuilder()
  .setName('follow')
  .setDescription('Follow')
  .setDefaultMemberPermissions('32')
  .addStringOption((option) => option.setName('topic').setDescription('What').setAutocomplete(true));

describe.skipIf(!existsSync(SPECIFICATION))("Discord's own description", () => {
  it.each([
    request('GET', '/gateway/bot'),
    request('POST', MESSAGES, {
      content: 'x',
      embeds: [embed.toJSON()],
      components: [{ type: 1, components: [button.toJSON()] }],
      nonce: 'n',
      enforce_nonce: true,
      allowed_mentions: { parse: [] },
    }),
    request('PATCH', `/webhooks/${ID}/token/messages/@original`, { content: 'x' }),
    request('POST', `/interactions/${ID}/token/callback`, { type: 5, data: { flags: 64 } }),
    request('PUT', COMMANDS, [command.toJSON()]),
    request('POST', '/users/@me/channels', { recipient_id: ID }),
    request('GET', `${MESSAGES}/${ID}`),
    request('GET', `/guilds/${ID}/threads/active`),
    request('GET', `/channels/${ID}/threads/archived/public`),
    request('POST', `${MESSAGES}/${ID}/threads`, { name: 'Discussion', auto_archive_duration: 1440 }),
    request('POST', `/channels/${ID}/threads`, { name: 'A paper', message: { content: 'x' } }),
    request('PATCH', `${MESSAGES}/${ID}`, { content: null, embeds: [], flags: 32_768, components: [card] }),
    request('POST', MESSAGES, {
      flags: 32_768,
      components: [card],
      attachments: [{ id: '0', filename: 'a.bib' }],
    }),
  ])('has nothing against $method $path', (good) => {
    expect(checkContract([good])).toEqual([]);
  });

  it.each([
    request('POST', MESSAGES, { embeds: [{ title: 'x'.repeat(257) }] }),
    request('POST', MESSAGES, { nonce: 'n'.repeat(26) }),
    request('PUT', COMMANDS, [{ name: 'a', description: 'x'.repeat(101) }]),
    request('POST', `/interactions/${ID}/token/callback`, { type: 4, data: { content: 'x'.repeat(2001) } }),
    request('POST', '/users/@me/channels', { recipient_id: 'Ada' }),
    request('POST', `/channels/${ID}/threads`, { name: 'x'.repeat(101), message: { content: 'x' } }),
    request('POST', MESSAGES, { flags: 32_768, components: [{ ...card, accessory: undefined }] }),
    request('POST', `/channels/${ID}/nothing`, {}),
  ])('refuses $method $path %$', (bad) => {
    expect(checkContract([bad])).not.toEqual([]);
  });
});
