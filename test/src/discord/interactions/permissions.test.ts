import { PermissionFlagsBits as P } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { missingPermissions } from '../../../../src/discord/interactions/permissions.ts';

const POST = P.ViewChannel | P.SendMessages | P.EmbedLinks | P.ReadMessageHistory;

describe('missingPermissions', () => {
  it.each([
    ['nothing with all rights', POST, 'text', 'cards', []],
    ['nothing for an administrator', P.Administrator, 'text', 'threads', []],
    ['Embed Links', POST & ~P.EmbedLinks, 'announcement', 'compact', ['Embed Links']],
    ['Send Messages in Threads', POST, 'thread', 'cards', ['Send Messages in Threads']],
    [
      'the right to make threads',
      POST,
      'text',
      'threads',
      ['Create Public Threads', 'Send Messages in Threads'],
    ],
    [
      'everything',
      0n,
      'text',
      'cards',
      ['View Channel', 'Send Messages', 'Embed Links', 'Read Message History'],
    ],
  ] as const)('names %s', (...[, held, kind, style, missing]) => {
    expect(missingPermissions(held, kind, style)).toEqual(missing);
  });
});
