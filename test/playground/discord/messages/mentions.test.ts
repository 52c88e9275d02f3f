import { describe, expect, it } from 'vitest';
import { startDiscord } from '../../../../playground/discord/server.ts';

const [VIEW, SEND, MENTION_EVERYONE] = [1n << 10n, 1n << 11n, 1n << 17n];

async function pingsOf(options: {
  readonly mentionable: boolean;
  readonly permissions?: bigint;
  readonly allowed: (roleId: string) => unknown;
}) {
  const discord = await startDiscord({ limits: false });
  try {
    const guild = discord.addGuild('Lab');
    const role = discord.addRole(guild.id, 'Readers', { mentionable: options.mentionable });
    const channel = discord.addChannel(guild.id, 'papers');
    discord.setBotPermissions(channel.id, options.permissions ?? VIEW | SEND);
    const response = await fetch(`${discord.url}/api/v10/channels/${channel.id}/messages`, {
      method: 'POST',
      headers: { authorization: `Bot ${discord.token}` },
      body: JSON.stringify({
        content: `<@&${role.id}> @everyone <@${discord.memberId}>`,
        allowed_mentions: options.allowed(role.id),
      }),
    });
    const [message] = discord.messagesOf(channel.id);
    return {
      status: response.status,
      role: message?.mention_roles.includes(role.id),
      everyone: message?.mention_everyone,
      people: message?.mentions.length,
    };
  } finally {
    await discord.close();
  }
}

describe('a message pings', () => {
  const all = { status: 200, role: true, everyone: true, people: 1 };
  const none = { status: 200, role: false, everyone: false, people: 0 };
  it.each([
    {
      what: 'everybody it names, where nothing is said',
      mentionable: false,
      permissions: VIEW | SEND | MENTION_EVERYONE,
      allowed: () => undefined,
      expected: all,
    },
    {
      what: 'nobody that it may not',
      mentionable: true,
      permissions: VIEW | SEND | MENTION_EVERYONE,
      allowed: () => ({ parse: [] }),
      expected: none,
    },
    {
      what: 'a role that is named and mentionable',
      mentionable: true,
      allowed: (id: string) => ({ parse: [], roles: [id] }),
      expected: { ...none, role: true },
    },
    {
      what: 'no role that is not mentionable',
      mentionable: false,
      allowed: (id: string) => ({ parse: [], roles: [id] }),
      expected: none,
    },
    {
      what: 'such a role with Mention Everyone',
      mentionable: false,
      permissions: VIEW | SEND | MENTION_EVERYONE,
      allowed: (id: string) => ({ parse: [], roles: [id] }),
      expected: { ...none, role: true },
    },
    {
      what: 'nobody when it says two things at once',
      mentionable: true,
      allowed: (id: string) => ({ parse: ['roles'], roles: [id] }),
      expected: { status: 400, role: undefined, everyone: undefined, people: undefined },
    },
  ])('$what', async ({ expected, ...options }) => {
    expect(await pingsOf(options)).toEqual(expected);
  });
});
