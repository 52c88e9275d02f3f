import type { Instant } from '../../../calendar/zoned-time.ts';
import { escapeWithin, oneLine } from '../../rendering/escape-markdown.ts';
import { count, limitOfTags, type MentionCommand, quoted, timestamp } from './phrases.ts';

const NAMED = 10;

/** Of the papers that a person has saved. Titles come as links. */
export function createLibraryTexts(mention: MentionCommand) {
  return {
    save: 'Save',
    unsave: 'Unsave',
    open: 'My library',
    saved: (title: string) => `Saved **${title}**.`,
    already: (title: string, at: Instant) =>
      `**${title}** is already in your library, saved ${timestamp(at, 'R')}.`,
    unsaved: (title: string) => `Removed **${title}** from your library.`,
    /** Below the card of a saved paper, in `room` characters; the note is the person's own. */
    kept: ({ note, tags = [], readAt }: Kept, room: number) => {
      const head = `-# ${['In your library', ...(readAt === undefined ? [] : ['read']), ...tags].join(' · ')}`;
      return note === undefined ? head : `${head}\n> ${escapeWithin(oneLine(note), room - head.length - 3)}`;
    },
    /** Below the paper in the list, in `room` characters. */
    beside: ({ note, tags = [], readAt }: Kept, room: number) =>
      joinWithin(
        [...(readAt === undefined ? [] : ['read']), ...(note === undefined ? [] : ['has a note']), ...tags],
        room,
      ),
    edit: 'Note and tags',
    markRead: 'Mark as read',
    markUnread: 'Mark as unread',
    form: {
      title: 'Note and tags',
      note: 'Note',
      noteHint: 'Only you see it',
      tags: 'Tags',
      tagsHint: (most: number, length: number) =>
        `Separate them with commas; up to ${most} tags of ${length} characters`,
    },
    sorts: {
      saved: 'recently saved',
      newest: 'newest',
      upvotes: 'most upvoted',
      unread: 'unread first',
    },
    title: (papers: number) => `Your library · ${count(papers, 'paper')}`,
    /** With a query or a tag; not escaped. */
    found: (papers: number, total: number, { query, tag }: { query: string; tag: string }) => {
      const by = [...(query === '' ? [] : [`"${query}"`]), ...(tag === '' ? [] : [`tagged "${tag}"`])];
      return `Your library · ${papers} of ${count(total, 'paper')}, ${by.join(', ')}`;
    },
    /** For a query, a tag or both; not escaped. */
    noneFound: ({ query, tag }: { readonly query: string; readonly tag: string }) => {
      const by = [
        ...(query === '' ? [] : [`matches ${quoted(query)}`]),
        ...(tag === '' ? [] : [`is tagged ${quoted(tag)}`]),
      ];
      return `No paper in your library ${by.join(' and ')}.`;
    },
    empty: () => `Your library is empty. Press **Save** on a paper, or use ${mention('save')}.`,
    import: 'Import a list',
    export: 'Export',
    exportAs: (papers: number) => `Export ${count(papers, 'paper')} as:`,
    formats: {
      bibtex: 'BibTeX',
      ris: 'RIS',
      'csl-json': 'CSL-JSON',
      markdown: 'Markdown',
      json: 'all I store about you, as JSON',
    },
    exported: (papers: number, format: string) => `${count(papers, 'paper')} as ${format}.`,
    withoutAbstracts:
      'With the abstracts the file is too big for Discord, so I left them out. To get them, use a query or a tag to export fewer papers.',
    everything: 'This is all that I store about you.',
    fileDescription: 'Papers from your library',
    importForm: { title: 'Import papers', text: 'arXiv ids or links', textHint: 'One on each line' },
    imported: (added: number, present: number) =>
      [
        added === 0 ? 'Nothing new was saved.' : `Saved ${count(added, 'paper')}.`,
        ...(present === 0
          ? []
          : [`${count(present, 'paper')} ${present === 1 ? 'was' : 'were'} already there.`]),
      ].join(' '),
    readPart: (limit: number) => `I read the first ${limit} entries. Import the rest separately.`,
    noRoom: (left: number, limit: number) =>
      `There was no room for ${count(left, 'paper')}: a library holds ${limit}.`,
    notFound: (names: readonly string[]) => {
      const shown = names.slice(0, NAMED).map((name) => `- ${escapeWithin(oneLine(name), 100)}`);
      const more = names.length - shown.length;
      return [
        `I didn't find ${count(names.length, 'entry', 'entries')}:`,
        ...shown,
        ...(more > 0 ? [`- and ${more} more`] : []),
      ].join('\n');
    },
    tagsLeft: (names: readonly string[], most: number, length: number) => {
      const shown = names.slice(0, NAMED).map(quoted);
      const more = names.length - shown.length;
      const all = [...shown, ...(more > 0 ? [`${more} more`] : [])].join(', ');
      return `Some tags are shortened or left out: ${all}. ${limitOfTags(most, length)}`;
    },
    notesCut: (notes: number, length: number) => {
      const were = notes === 1 ? 'was' : 'were';
      return `${count(notes, 'note')} ${were} longer than ${length.toLocaleString('en')} characters and ${were} cut.`;
    },
    askLater: (papers: number) =>
      `I don't know ${count(papers, 'paper')} yet and can't look all of them up now. Import the same list again in a few minutes.`,
    titlesLeft: (left: number, most: number) =>
      `I look up at most ${most} titles at a time. Import the other ${left} separately.`,
    nothingToImport: 'I found no arXiv ids, links or titles in that.',
  };
}

/** As many whole parts as there is room for. */
function joinWithin(parts: readonly string[], room: number): string {
  const whole = parts.join(' · ');
  if (whole.length <= room) return whole;
  const fitting = parts.filter((_, at) => parts.slice(0, at + 1).join(' · ').length <= room - 2);
  return `${fitting.join(' · ')} …`;
}

interface Kept {
  readonly note?: string;
  readonly tags?: readonly string[];
  readonly readAt?: Instant;
}
