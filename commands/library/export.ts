import type { Control, Reply } from '../../src/discord/interactions/command.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { CITATION_FORMATS, type CitedPaper } from '../../src/papers/citations.ts';
import type { CommandContext } from '../context.ts';
import { recallPaper } from '../papers/find-paper.ts';
import { buildButton, buildRow } from '../parts/message-parts.ts';
import { buildPanel } from '../parts/panel.ts';
import { decodeView, encodeView, findSaved, type LibraryView, isWholeLibrary } from './library-view.ts';
import { collectPersonalData } from './personal-data.ts';

export const EXPORT_FORMATS = [...CITATION_FORMATS, 'markdown', 'json'] as const;
type ExportFormat = (typeof EXPORT_FORMATS)[number];

const FILES: Readonly<Record<ExportFormat, { readonly name: string; readonly contentType: string }>> = {
  bibtex: { name: 'library.bib', contentType: 'application/x-bibtex' },
  ris: { name: 'library.ris', contentType: 'application/x-research-info-systems' },
  'csl-json': { name: 'library-csl.json', contentType: 'application/json' },
  markdown: { name: 'library.md', contentType: 'text/markdown' },
  json: { name: 'my-data.json', contentType: 'application/json' },
};

/** Discord takes 10 MiB of a bot: https://docs.discord.com/developers/reference#uploading-files */
const MOST_BYTES = 9_500_000;

interface Tools {
  readonly context: CommandContext;
  readonly texts: Texts;
}

/** A file of what a view shows; as JSON, all that is stored about the person. */
export async function exportLibrary(
  view: LibraryView,
  format: ExportFormat,
  { context, texts }: Tools,
): Promise<Reply> {
  const { library } = texts;
  if (format === 'json') {
    const data = await collectPersonalData(view.userId, context);
    return buildFileReply(`${JSON.stringify(data, null, 2)}\n`, format, library.everything, texts);
  }
  const saved = await findSaved(view, context);
  if (saved.length === 0) {
    return { content: isWholeLibrary(view) ? library.empty() : library.noneFound(view) };
  }
  const cited = saved.map((one) => ({ paper: recallPaper(one.paperId, context), saved: one }));
  const said = library.exported(cited.length, library.formats[format]);
  const text = await printCited(cited, format, context);
  if (Buffer.byteLength(text) <= MOST_BYTES) return buildFileReply(text, format, said, texts);
  const shorter = await printCited(cited.map(withoutAbstract), format, context);
  return buildFileReply(shorter, format, `${said} ${library.withoutAbstracts}`, texts);
}

async function printCited(
  cited: readonly CitedPaper[],
  format: Exclude<ExportFormat, 'json'>,
  { citations }: Pick<CommandContext, 'citations'>,
): Promise<string> {
  return format === 'markdown' ? cited.map(printMarkdown).join('\n') : citations.write(cited, format);
}

function withoutAbstract({ paper, saved }: CitedPaper): CitedPaper {
  return { paper: { ...paper, abstract: '' }, saved };
}

function buildFileReply(text: string, format: ExportFormat, content: string, { library }: Texts): Reply {
  const description = library.fileDescription;
  return { content, files: [{ ...FILES[format], data: Buffer.from(text), description }] };
}

/** Asks for the format. */
export const offerExport: Control<CommandContext> = {
  name: 'library-export',
  answer: 'reply',
  async execute({ interaction, texts, values }, context) {
    const view = await decodeView(interaction.user.id, values, context);
    const found = await findSaved(view, context);
    const encode = await encodeView(view, context);
    const buttons = EXPORT_FORMATS.filter((format) => format !== 'json').map((format, index) =>
      buildButton(encode('library-file', index, ''), texts.library.formats[format]),
    );
    return buildPanel([texts.library.exportAs(found.length), buildRow(...buttons)]);
  },
};

export const sendExport: Control<CommandContext> = {
  name: 'library-file',
  answer: 'reply',
  async execute({ interaction, texts, values }, context) {
    const view = await decodeView(interaction.user.id, values, context);
    return exportLibrary(view, EXPORT_FORMATS[view.page] ?? 'bibtex', { context, texts });
  },
};

/** A line of a list, with the note as a quotation below it. */
export function printMarkdown({ paper, saved }: CitedPaper): string {
  const { id, title, authors, publishedOn } = paper;
  const link = `- [${title.replaceAll(/[\\[\]]/g, '\\$&')}](https://huggingface.co/papers/${id})`;
  const facts = [
    authors.slice(0, 3).join(', ') + (authors.length > 3 ? ' et al.' : ''),
    publishedOn.slice(0, 4),
  ];
  const tags = saved.tags?.map((tag) => `#${tag.replaceAll(' ', '-')}`).join(' ');
  const head = [`${link} ${facts.filter((fact) => fact !== '').join(', ')}`, tags].filter(Boolean).join(' ');
  const note = (saved.note ?? '').split('\n').map((line) => line.trim());
  return [head, ...note.filter((line) => line !== '').map((line) => `  > ${line}`)].join('\n');
}
