import { ApplicationCommandOptionType } from 'discord.js';
import type { Choice, Command, Control, LayoutReply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { buildText } from '../../src/discord/rendering/components.ts';
import { DEFAULT_LOCALE, type Texts, textsFor } from '../../src/discord/texts/texts.ts';
import { SourceError, UserError } from '../../src/errors.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { MOST_SAVED, parseTags, type SavedPaper } from '../../src/papers/saved-papers.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import { printQuery, QUERY_LENGTH } from '../../src/topics/query/query.ts';
import type { CommandContext } from '../context.ts';
import { fetchPaper } from '../papers/find-paper.ts';
import { buildPaperList, LIST_PAGE } from '../papers/paper-list.ts';
import { askerOf } from '../parts/asker.ts';
import {
  buildBoxReply,
  buildButton,
  buildRow,
  buildTurnButtons,
  cut,
  takePage,
} from '../parts/message-parts.ts';
import { EXPORT_FORMATS, exportLibrary } from './export.ts';
import { importFile } from './import.ts';
import {
  decodeView,
  encodeView,
  findSaved,
  LIBRARY_SORTS,
  type LibraryView,
  isWholeLibrary,
} from './library-view.ts';

const { commands, library: LIBRARY } = textsFor(DEFAULT_LOCALE);
const TEXT = ApplicationCommandOptionType.String as const;
const BESIDE = 60;
const CHOICES = 25;

export const library: Command<CommandContext> = {
  data: {
    name: 'library',
    description: commands.library.description,
    options: [
      { type: TEXT, name: 'query', description: commands.library.query, max_length: QUERY_LENGTH },
      { type: TEXT, name: 'tag', description: commands.library.tag, autocomplete: true },
      {
        type: TEXT,
        name: 'sort',
        description: commands.library.sort,
        choices: LIBRARY_SORTS.map((sort) => ({ name: LIBRARY.sorts[sort], value: sort })),
      },
      {
        type: TEXT,
        name: 'export',
        description: commands.library.export,
        choices: EXPORT_FORMATS.map((format) => ({ name: LIBRARY.formats[format], value: format })),
      },
      {
        type: ApplicationCommandOptionType.Attachment,
        name: 'import',
        description: commands.library.import,
      },
    ],
  },
  async execute({ interaction, texts }, context) {
    const { options, user } = interaction;
    const file = options.getAttachment('import');
    if (file !== null) return importFile(file, { asker: askerOf(interaction), context, texts });
    const view: LibraryView = {
      userId: user.id,
      query: printQuery(parseQuery(options.getString('query') ?? '')),
      tag: readTag(options.getString('tag') ?? ''),
      sort: LIBRARY_SORTS.find((one) => one === options.getString('sort')) ?? 'saved',
      page: 0,
    };
    const format = EXPORT_FORMATS.find((one) => one === options.getString('export'));
    return format === undefined
      ? buildLibraryPage(view, { context, texts })
      : exportLibrary(view, format, { context, texts });
  },
  async autocomplete({ interaction }, context) {
    const saved = await context.savedPapers.list(interaction.user.id, { from: 0, most: MOST_SAVED });
    return suggestTags(saved, interaction.options.getFocused());
  },
};

/** Empty where nothing was typed. Raises `one-tag`. */
function readTag(typed: string): string {
  const [tag = '', ...others] = parseTags(typed).tags;
  if (others.length > 0 || (tag === '' && typed.trim() !== '')) throw new UserError('one-tag', {});
  return tag;
}

/** Those that are used most. */
function suggestTags(saved: readonly SavedPaper[], typed: string): readonly Choice[] {
  const uses = new Map<string, number>();
  for (const tag of saved.flatMap(({ tags = [] }) => tags)) uses.set(tag, (uses.get(tag) ?? 0) + 1);
  const [start = ''] = parseTags(typed).tags;
  return [...uses]
    .filter(([tag]) => tag.includes(start))
    .toSorted(([, one], [, other]) => other - one)
    .slice(0, CHOICES)
    .map(([tag, amount]) => ({ name: cut(`${tag} (${amount})`), value: tag }));
}

export const turnLibrary: Control<CommandContext> = {
  name: 'library',
  answer: 'update',
  async execute({ interaction, texts, values }, context) {
    const view = await decodeView(interaction.user.id, values, context);
    return buildLibraryPage(view, { context, texts });
  },
};

type PageTools = Pick<CommandContext, 'archive' | 'clock' | 'savedPapers' | 'savedSearches' | 'search'> & {
  readonly source: Pick<CommandContext['source'], 'paper'>;
};

/** What a person has saved. Nobody else sees it. */
export async function buildLibraryPage(
  view: LibraryView,
  { context, texts }: { readonly context: PageTools; readonly texts: Texts },
): Promise<LayoutReply> {
  const total = await context.savedPapers.count(view.userId);
  if (total === 0) return offerPapers(texts);
  const isWhole = isWholeLibrary(view);
  const found = await findSaved(view, context);
  if (found.length === 0 && !isWhole) return offerWhole(view, texts);
  const shown = takePage(found, view.page, LIST_PAGE);
  const papers = await Promise.all(shown.items.map(({ paperId }) => findPaper(paperId, context)));
  const missing = shown.items.filter((_, index) => papers[index] === undefined).map(({ paperId }) => paperId);
  const beside = new Map(shown.items.map((one) => [one.paperId, texts.library.beside(one, BESIDE)]));
  const encode = await encodeView(view, context);
  return buildPaperList(
    {
      title: isWhole ? texts.library.title(total) : texts.library.found(found.length, total, view),
      notes: missing.length === 0 ? [] : [texts.papers.notFound(missing)],
      shown: { ...shown, items: papers.filter((one) => one !== undefined) },
      beside: ({ id }) => beside.get(id) ?? '',
      menuName: 'library',
      rows: [
        buildRow(
          ...buildTurnButtons((to, mark) => encode('library', to, mark), shown, texts),
          ...(found.length === 0 ? [] : [buildButton(encode('library-export', 0, ''), texts.library.export)]),
          buildButton(encodeCustomId('library-import'), texts.library.import),
        ),
      ],
    },
    texts,
  );
}

/** An archive that was lost has it no more, and the page does without what Hugging Face does not tell. */
async function findPaper(id: string, context: PageTools): Promise<Paper | undefined> {
  try {
    return await fetchPaper(id, context);
  } catch (error) {
    if (error instanceof SourceError) return undefined;
    throw error;
  }
}

function offerWhole(view: LibraryView, { library: words }: Texts): LayoutReply {
  const whole = buildButton(encodeCustomId('library', 0), words.open);
  return buildBoxReply([buildText(words.noneFound(view)), buildRow(whole)]);
}

function offerPapers(texts: Texts): LayoutReply {
  const trending = buildButton(encodeCustomId('list', 'trending', 0), texts.search.showTrending);
  const importing = buildButton(encodeCustomId('library-import'), texts.library.import);
  return buildBoxReply([buildText(texts.library.empty()), buildRow(trending, importing)]);
}
