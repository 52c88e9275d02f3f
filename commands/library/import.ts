import { setImmediate as nextTurn } from 'node:timers/promises';
import { type Attachment, TextInputStyle } from 'discord.js';
import type { Form, FormOpener, FormRequest, LayoutReply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { SourceError, UserError } from '../../src/errors.ts';
import type { Citations, Reference } from '../../src/papers/citations.ts';
import { findPaperLinks, parsePaperId } from '../../src/papers/parse-paper-id.ts';
import {
  annotate,
  MOST_SAVED,
  MOST_TAGS,
  NOTE_LENGTH,
  parseTags,
  type SavedPaper,
  TAG_LENGTH,
} from '../../src/papers/saved-papers.ts';
import { findTitled } from '../../src/topics/find-titled.ts';
import type { Asker } from '../../src/topics/source-shares.ts';
import type { CommandContext } from '../context.ts';
import { fetchPaper } from '../papers/find-paper.ts';
import { askerOf } from '../parts/asker.ts';
import { buildTextField, readField } from '../parts/form-parts.ts';
import { buildButton, buildRow } from '../parts/message-parts.ts';
import { buildPanel } from '../parts/panel.ts';

const MEGABYTES = 5;
const TEXT_LENGTH = 4_000;
const TITLE_LENGTH = 500;
/** One more than are taken, to tell that there are more. */
const MOST_READ = MOST_SAVED + 1;
/** Papers that Hugging Face is asked for, and titles that are searched, for one import. */
const MOST_ASKED = 20;
const MOST_TITLES = 50;
/** Not inside a longer number or another DOI than arXiv's. A full stop or `.pdf` may follow. */
const ID_IN_TEXT = /(?:(?<![\d.])|(?<=arxiv\.))\d{4}\.\d{4,5}(?!\d|\.\d)/gi;

interface Tools {
  readonly asker: Asker;
  readonly context: CommandContext;
  readonly texts: Texts;
  /** Of a form: the button that opens it with what was typed. */
  readonly editAgain?: FormRequest['editAgain'];
}

/** A file that a person has attached. Raises `file-too-large`, `file-not-readable`. */
export async function importFile(
  { url, size, name }: Pick<Attachment, 'url' | 'size' | 'name'>,
  tools: Tools,
): Promise<LayoutReply> {
  if (size > MEGABYTES * 1024 * 1024) throw new UserError('file-too-large', { megabytes: MEGABYTES });
  const { citations } = tools.context;
  const text = await citations.fetch(url, MEGABYTES);
  return importReferences(await readReferences(text, name, citations), tools);
}

async function readReferences(
  text: string,
  name: string,
  citations: Pick<Citations, 'read'>,
): Promise<readonly Reference[]> {
  if (/\.ris$/i.test(name) || /^TY {2}- /m.test(text)) return citations.read(text, 'ris', MOST_READ);
  if (/\.bib$/i.test(name) || /^[ \t]*@\w+[ \t]*\{/m.test(text))
    return citations.read(text, 'bibtex', MOST_READ);
  return readList(text);
}

/** Each line is an id, a link or a title, or has some of the first two in it. */
function readList(text: string): readonly Reference[] {
  const lines = text.trimStart().split(/\n\s*/, MOST_READ);
  return lines.flatMap((line): readonly Reference[] => {
    const ids = [...findPaperLinks(line), ...(line.match(ID_IN_TEXT) ?? [])];
    if (ids.length > 0) return [...new Set(ids)].map((id) => ({ names: [id], title: '', tags: [] }));
    const title = line
      .slice(0, TITLE_LENGTH)
      .replace(/^(?:[-*]|\d+[.)])\s+/, '')
      .trim();
    return title === '' ? [] : [{ names: [], title, tags: [] }];
  });
}

async function importReferences(references: readonly Reference[], tools: Tools): Promise<LayoutReply> {
  const {
    asker: { userId },
    context,
    texts: { library },
  } = tools;
  if (references.length === 0) return buildPanel([library.nothingToImport]);
  const { found, missing, notAsked, titlesLeft } = await identify(references.slice(0, MOST_SAVED), tools);
  const savedAt = context.clock.now();
  const leftTags = new Map<string, readonly string[]>();
  const papers = Array.from(found, ([paperId, reference]): SavedPaper => {
    const { tags, left: tooMany } = parseTags(reference.tags.join(','));
    leftTags.set(paperId, tooMany);
    return annotate({ userId, paperId, savedAt }, { ...reference, tags });
  });
  const { added, present, left } = await context.savedPapers.add(userId, papers, MOST_SAVED);
  const isCut = (id: string) => (found.get(id)?.note?.trim().length ?? 0) > NOTE_LENGTH;
  const notesCut = added.filter(isCut).length;
  const tagsLeft = [...new Set(added.flatMap((id) => leftTags.get(id) ?? []))];
  // To correct what is missing, or to send it once more.
  const again = missing.length + notAsked + titlesLeft === 0 ? undefined : await tools.editAgain?.();
  return buildPanel([
    [
      library.imported(added.length, present.length),
      ...(references.length > MOST_SAVED ? [library.readPart(MOST_SAVED)] : []),
      ...(left.length === 0 ? [] : [library.noRoom(left.length, MOST_SAVED)]),
      ...(tagsLeft.length === 0 ? [] : [library.tagsLeft(tagsLeft, MOST_TAGS, TAG_LENGTH)]),
      ...(notesCut === 0 ? [] : [library.notesCut(notesCut, NOTE_LENGTH)]),
      ...(missing.length === 0 ? [] : [library.notFound(missing)]),
      ...(notAsked === 0 ? [] : [library.askLater(notAsked)]),
      ...(titlesLeft === 0 ? [] : [library.titlesLeft(titlesLeft, MOST_TITLES)]),
    ].join('\n'),
    buildRow(
      buildButton(encodeCustomId('library', 0), library.open),
      ...(again === undefined ? [] : [again]),
    ),
  ]);
}

interface Identified {
  /** By the ids of papers. */
  readonly found: ReadonlyMap<string, Reference>;
  /** As the file names them. */
  readonly missing: readonly string[];
  /** Papers that nobody knows here, and that were not asked for. */
  readonly notAsked: number;
  /** Titles over the limit, which nobody looked for. */
  readonly titlesLeft: number;
}

/** The archive knows most; Hugging Face is asked for a few. What is named twice is looked up and counted once. */
async function identify(
  references: readonly Reference[],
  tools: Pick<Tools, 'asker' | 'context'>,
): Promise<Identified> {
  const names = new Set<string>();
  const found = new Map<string, Reference>();
  const missing: string[] = [];
  const budget = { asked: 0, titles: 0 };
  let notAsked = 0;
  let titlesLeft = 0;
  for (const reference of references) {
    const name = readId(reference) ?? (reference.title || reference.names.join(' '));
    if (names.has(name)) continue;
    names.add(name);
    // The archive answers at once: without a pause, thousands of answers would keep everybody waiting.
    await nextTurn();
    const answer = await identifyOne(reference, budget, tools);
    if (answer.kind === 'found') found.set(answer.id, found.get(answer.id) ?? reference);
    else if (answer.kind === 'not-asked') notAsked += 1;
    else if (answer.kind === 'title-left') titlesLeft += 1;
    else missing.push(name);
  }
  return { found, missing, notAsked, titlesLeft };
}

type Answer =
  { readonly kind: 'found'; readonly id: string } | { readonly kind: 'missing' | 'not-asked' | 'title-left' };

async function identifyOne(
  reference: Reference,
  budget: { asked: number; titles: number },
  { asker, context }: Pick<Tools, 'asker' | 'context'>,
): Promise<Answer> {
  const id = readId(reference);
  if (id === undefined) {
    if (reference.title === '') return { kind: 'missing' };
    budget.titles += 1;
    if (budget.titles > MOST_TITLES) return { kind: 'title-left' };
    const { meant, isUnasked = false } = await findTitled(reference.title, context, asker);
    if (meant !== undefined) return { kind: 'found', id: meant.id };
    return { kind: isUnasked ? 'not-asked' : 'missing' };
  }
  if (context.archive.paper(id) !== undefined) return { kind: 'found', id };
  budget.asked += 1;
  if (budget.asked > MOST_ASKED) return { kind: 'not-asked' };
  try {
    return (await fetchPaper(id, context)) === undefined ? { kind: 'missing' } : { kind: 'found', id };
  } catch (error) {
    if (error instanceof SourceError) return { kind: 'not-asked' };
    throw error;
  }
}

function readId({ names }: Reference): string | undefined {
  for (const name of names) {
    const id =
      parsePaperId(name) ?? findPaperLinks(name)[0] ?? /\barxiv[:.\s]*(\d{4}\.\d{4,5})/i.exec(name)?.[1];
    if (id !== undefined) return id;
  }
  return undefined;
}

export const openImport: FormOpener<CommandContext> = {
  name: 'library-import',
  answer: 'form',
  async execute({ interaction, texts }) {
    const { title, text, textHint } = texts.library.importForm;
    return {
      custom_id: encodeCustomId('library-import', interaction.id),
      title,
      components: [
        buildTextField(
          { id: 'list', label: text, hint: textHint },
          { value: '', length: TEXT_LENGTH, style: TextInputStyle.Paragraph },
        ),
      ],
    };
  },
};

export const importForm: Form<CommandContext> = {
  name: 'library-import',
  answer: 'reply',
  async execute({ interaction, fields, texts, editAgain }, context) {
    const references = readList(readField(fields, 'list'));
    return importReferences(references, { asker: askerOf(interaction), context, texts, editAgain });
  },
};
