import type { APIEmbed } from 'discord.js';
import type { Paper } from '../../papers/paper.ts';
import type { Texts } from '../texts/texts.ts';
import { COLOUR } from './components.ts';
import { escapeWithin, oneLine } from './escape-markdown.ts';
import {
  describeAuthors,
  describeFacts,
  describeTopics,
  findPicture,
  paperUrl,
  summarise,
} from './paper-texts.ts';

const SUMMARY = 280;

export function buildPaperEmbed(
  paper: Paper,
  texts: Texts,
  { topics = [] }: { readonly topics?: readonly string[] } = {},
): APIEmbed {
  const url = findPicture(paper);
  return {
    title: escapeWithin(oneLine(paper.title), 250) || texts.papers.untitled,
    url: paperUrl(paper.id),
    color: COLOUR,
    description: [
      describeAuthors(paper, texts),
      summarise(paper, SUMMARY),
      describeFacts(paper, texts),
      describeTopics(topics, 120),
    ]
      .filter((line) => line !== '')
      .join('\n'),
    ...(url && { thumbnail: { url } }),
  };
}
