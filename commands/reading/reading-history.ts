import type { BaseInteraction } from 'discord.js';
import type { AnyReply, Control, Request } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildTitleLink } from '../../src/discord/rendering/paper-texts.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { type Meeting, MOST_READ } from '../../src/reading/reading-group.ts';
import type { CommandContext } from '../context.ts';
import { recallPaper } from '../papers/find-paper.ts';
import { requireServer } from '../parts/access.ts';
import { buildButton, buildRow } from '../parts/message-parts.ts';
import { buildPanel } from '../parts/panel.ts';

export const HISTORY_FORMATS = ['list', 'markdown', 'bibtex'] as const;
export type HistoryFormat = (typeof HISTORY_FORMATS)[number];

/** So many of the longest lines fit into the 4,000 characters that Discord takes. */
const LISTED = 15;
const TITLE = 100;
const FILES = {
  markdown: { name: 'reading-group.md', contentType: 'text/markdown' },
  bibtex: { name: 'reading-group.bib', contentType: 'application/x-bibtex' },
} as const;

interface Read {
  readonly meeting: Meeting;
  readonly paper: Paper;
}

/** What a server has read together: as a list, or as a file. */
export async function showHistory(
  request: Request<BaseInteraction>,
  format: HistoryFormat,
  context: CommandContext,
): Promise<AnyReply> {
  const { guildId } = requireServer(request);
  const { reading, library } = request.texts;
  const held = await context.readingGroups.history(guildId, MOST_READ);
  const read = held.map((meeting): Read => {
    const id = meeting.choice?.paperId ?? '';
    return { meeting, paper: recallPaper(id, context) };
  });
  if (read.length === 0) return buildPanel([reading.history.empty]);
  if (format === 'list') {
    const files = (['markdown', 'bibtex'] as const).map((one) =>
      buildButton(encodeCustomId('reading-file', one), library.formats[one]),
    );
    const lines = read.slice(0, LISTED).map((one) => describeRead(one, request));
    const more = read.length > LISTED ? `-# +${read.length - LISTED}` : '';
    return buildPanel([`### ${reading.history.title(read.length)}`, ...lines, more, buildRow(...files)]);
  }
  const text =
    format === 'markdown'
      ? `${read.map(printMarkdown).join('\n')}\n`
      : await context.citations.write(
          read.map(({ paper }) => ({ paper, saved: {} })),
          'bibtex',
        );
  const file = { ...FILES[format], data: Buffer.from(text), description: reading.history.description };
  return { content: reading.history.file(read.length, library.formats[format]), files: [file] };
}

function describeRead({ meeting, paper }: Read, { texts: { reading } }: Request<BaseInteraction>): string {
  const { startsAt, createdAt, presenterId, state } = meeting;
  const facts = [
    reading.history.readOn(startsAt ?? createdAt),
    ...(presenterId === undefined ? [] : [reading.history.presented(presenterId)]),
    ...(state === 'called-off' ? [reading.history.calledOff] : []),
  ];
  return `- ${buildTitleLink(paper, TITLE)} · ${facts.join(' · ')}`;
}

function printMarkdown({ meeting, paper }: Read): string {
  const day = new Date(meeting.startsAt ?? meeting.createdAt).toISOString().slice(0, 10);
  const title = paper.title.replaceAll(/\s+/g, ' ').replaceAll(/[\\[\]]/g, '\\$&');
  const authors = paper.authors.slice(0, 3).join(', ') + (paper.authors.length > 3 ? ' et al.' : '');
  const isOff = meeting.state === 'called-off' ? ' (called off)' : '';
  const link = `[${title}](https://huggingface.co/papers/${paper.id})`;
  return `- ${day}: ${link}${authors === '' ? '' : ` ${authors}`}${isOff}`;
}

export const openHistory: Control<CommandContext> = {
  name: 'reading-history',
  answer: 'reply',
  execute: (request, context) => showHistory(request, 'list', context),
};

export const sendHistory: Control<CommandContext> = {
  name: 'reading-file',
  answer: 'reply',
  execute: (request, context) =>
    showHistory(request, HISTORY_FORMATS.find((one) => one === request.values[0]) ?? 'markdown', context),
};
