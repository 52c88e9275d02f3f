import { PermissionFlagsBits as P } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { computeRights } from '../../../../src/discord/rights/fetch-rights.ts';

const EVERYONE = '100000000000000001';
const MODERATOR = '100000000000000002';
const GUEST = '100000000000000003';
const PERSON = '100000000000000004';
const roles = [
  { id: EVERYONE, permissions: P.ViewChannel },
  { id: MODERATOR, permissions: P.ManageChannels },
  { id: GUEST, permissions: 0n },
];
const allow = (id: string) => ({ id, allow: P.ManageChannels, deny: 0n });
const deny = (id: string) => ({ id, allow: 0n, deny: P.ManageChannels });

describe('computeRights', () => {
  it.each([
    ['gives everybody what everybody may', [], [], false],
    ['adds what the roles may', [MODERATOR], [], true],
    ['takes away what the channel denies everybody', [MODERATOR], [deny(EVERYONE)], false],
    ['lets a role win over everybody', [MODERATOR], [deny(EVERYONE), allow(MODERATOR)], true],
    [
      'lets one role’s grant win over another’s denial',
      [MODERATOR, GUEST],
      [deny(GUEST), allow(MODERATOR)],
      true,
    ],
    ['passes over roles of others', [], [allow(GUEST)], false],
    ['lets the person win over the roles', [MODERATOR], [allow(MODERATOR), deny(PERSON)], false],
  ])('%s', (...[, roleIds, overwrites, mayManage]) => {
    const channel = { guild_id: EVERYONE, type: 0, permission_overwrites: overwrites };

    const rights = computeRights({ channel, roles, roleIds, userId: PERSON });

    expect((rights & P.ManageChannels) !== 0n).toBe(mayManage);
    expect((rights & P.ViewChannel) !== 0n).toBe(true);
  });
});
