import { ChannelFlags } from 'discord.js';
import { expect, it } from 'vitest';
import { chooseTags } from '../../../../src/discord/transport/send-step.ts';

const tag = (name: string, moderated = false) => ({ id: name, name, moderated });
const letters = Array.from('abcdefg', (name) => tag(name));
const demanding = ChannelFlags.RequireTag;

it.each<[string, Parameters<typeof chooseTags>, readonly string[]]>([
  [
    'at most five, as the labels have them',
    [{ available_tags: letters, flags: 0 }, ['g', 'f', 'e', 'd', 'c', 'b']],
    ['g', 'f', 'e', 'd', 'c'],
  ],
  [
    'whole words only',
    [{ available_tags: [tag('RL'), tag('AI')], flags: 0 }, ['world', 'AI agents']],
    ['AI'],
  ],
  ['none where none fits', [{ available_tags: [tag('x')], flags: 0 }, ['y']], []],
  [
    'the first where one is demanded',
    [{ available_tags: [tag('m', true), tag('x')], flags: demanding }, ['y']],
    ['x'],
  ],
  ['none that moderators alone may give', [{ available_tags: [tag('y', true)], flags: 0 }, ['y']], []],
  ['none that is no word', [{ available_tags: [tag('!')], flags: 0 }, ['!']], []],
])('are %s', (_, asked, expected) => {
  expect(chooseTags(...asked)).toEqual(expected);
});
