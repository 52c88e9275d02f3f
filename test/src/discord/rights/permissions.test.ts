import { PermissionFlagsBits as P } from 'discord.js';
import { describe, expect, it } from 'vitest';
import { missingPermissions } from '../../../../src/discord/rights/permissions.ts';

const POST = P.ViewChannel | P.SendMessages | P.EmbedLinks | P.ReadMessageHistory;

describe('missingPermissions', () => {
  it.each([
    ['nothing with all rights', POST, 'text', 'cards', []],
    ['nothing for an administrator', P.Administrator, 'text', 'threads', []],
    ['no EmbedLinks without embeds', POST & ~P.EmbedLinks, 'announcement', 'compact', []],
    ['EmbedLinks for embeds', POST & ~P.EmbedLinks, 'forum', 'embeds', ['EmbedLinks']],
    ['Send Messages in Threads', POST, 'thread', 'cards', ['SendMessagesInThreads']],
    ['the right to make threads', POST, 'text', 'threads', ['CreatePublicThreads', 'SendMessagesInThreads']],
    ['everything', 0n, 'text', 'cards', ['ViewChannel', 'SendMessages', 'ReadMessageHistory']],
  ] as const)('names %s', (...[, held, kind, style, missing]) => {
    expect(missingPermissions(held, kind, style)).toEqual(missing);
  });
});
