import { ChannelFlags } from 'discord.js';
import { splitWords } from '../../topics/query/fold-text.ts';
import type { Forum } from './schema.ts';

/** https://docs.discord.com/developers/resources/channel#start-thread-in-forum-or-media-channel */
const MOST_TAGS = 5;

/**
 * Ids of the tags whose words stand in one of the labels, as the first labels have them. Where a forum demands a tag
 * and none fits, its first one; tags that moderators alone may give are left out.
 */
export function chooseTags(
  { available_tags: tags, flags }: Forum,
  labels: readonly string[],
): readonly string[] {
  const usable = tags.filter(({ moderated }) => !moderated);
  const fitting = labels.flatMap((label) => usable.filter(({ name }) => containsWords(label, name)));
  const ids = [...new Set(fitting.map(({ id }) => id))].slice(0, MOST_TAGS);
  if (ids.length > 0 || (flags & ChannelFlags.RequireTag) === 0) return ids;
  return usable.slice(0, 1).map(({ id }) => id);
}

function containsWords(text: string, part: string): boolean {
  const words = splitWords(part).join(' ');
  return words !== '' && ` ${splitWords(text).join(' ')} `.includes(` ${words} `);
}
