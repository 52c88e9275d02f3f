import { type APIApplicationCommandBasicOption, ApplicationCommandOptionType } from 'discord.js';
import type { Choice } from '../../src/discord/interactions/command.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import { UserError } from '../../src/errors.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { parsePaperId } from '../../src/papers/parse-paper-id.ts';
import type { CommandContext } from '../context.ts';
import { cut } from '../parts/message-parts.ts';

const SOURCE_MS = 10_000;
const TITLES = 10;

/** The paper that an id, a link or a title means. Raises `paper-not-found`, and `SourceError`. */
export async function findPaper(
  text: string,
  context: Pick<CommandContext, 'archive' | 'source' | 'clock' | 'search'>,
): Promise<Paper> {
  const id = parsePaperId(text) ?? (await findTitled(text, context));
  const found = id === undefined ? undefined : await fetchPaper(id, context);
  if (found === undefined) throw new UserError('paper-not-found', { text });
  return found;
}

/**
 * From the archive, else from the source, which then leaves it there with no list day. Undefined where neither knows
 * it. Raises `SourceError`.
 */
export async function fetchPaper(
  id: string,
  { archive, source, clock }: Pick<CommandContext, 'archive' | 'source' | 'clock'>,
): Promise<Paper | undefined> {
  const archived = archive.paper(id);
  if (archived !== undefined) return archived;
  const found = await source.paper(id, AbortSignal.timeout(SOURCE_MS));
  if (found === undefined) return undefined;
  const { listDay: _listed, ...paper } = found;
  archive.save([paper], clock.now());
  return paper;
}

async function findTitled(
  text: string,
  { search }: Pick<CommandContext, 'search'>,
): Promise<string | undefined> {
  const suggestions = await search.suggest(text, TITLES);
  const titled = suggestions.find((one) => one.kind === 'title');
  return titled?.paperId;
}

const SUGGESTIONS = 25;

/** What `findPaper` reads. */
export const PAPER_OPTION: APIApplicationCommandBasicOption = {
  type: ApplicationCommandOptionType.String,
  name: 'paper',
  description: textsFor(DEFAULT_LOCALE).commands.paper.paper,
  required: true,
  autocomplete: true,
};

/** Papers whose titles go on from what was typed. */
export async function suggestPapers(
  typed: string,
  { search }: Pick<CommandContext, 'search'>,
): Promise<readonly Choice[]> {
  if (typed.trim() === '') return [];
  const suggestions = await search.suggest(typed.trim(), SUGGESTIONS);
  return suggestions.flatMap((one) =>
    one.kind === 'title' ? [{ name: cut(one.text), value: one.paperId }] : [],
  );
}
