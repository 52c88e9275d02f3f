import { type APIApplicationCommandBasicOption, ApplicationCommandOptionType } from 'discord.js';
import type { Choice } from '../../src/discord/interactions/command.ts';
import { DEFAULT_LOCALE, textsFor } from '../../src/discord/texts/texts.ts';
import { SourceError, UserError } from '../../src/errors.ts';
import { LINKS_KEPT_MS } from '../../src/papers/link-refresher.ts';
import { buildUnknownPaper, mergeVisit, type Paper } from '../../src/papers/paper.ts';
import { parsePaperId } from '../../src/papers/parse-paper-id.ts';
import { plainText } from '../../src/papers/plain-text.ts';
import { findTitled } from '../../src/topics/find-titled.ts';
import { leavesOf, type Query } from '../../src/topics/query/query.ts';
import type { Asker } from '../../src/topics/source-shares.ts';
import type { CommandContext } from '../context.ts';
import { cut } from '../parts/message-parts.ts';

export const SOURCE_MS = 10_000;
/** A card does not wait longer for what it can do without. */
const LINKS_MS = 2_500;
const NEAR = 8;
/** Of a sentence that names some of them. */
const NAMED = 3;

type FindTools = Pick<CommandContext, 'archive' | 'source' | 'clock' | 'search' | 'sourceSearch'>;

/**
 * The paper that an id, a link or a title means. Raises `paper-not-found`, `paper-not-clear` for a title that only comes
 * near to some, and `SourceError`.
 */
export async function findPaper(text: string, context: FindTools, asker?: Asker): Promise<Paper> {
  const { meant, near } = await identifyPaper(text, context, asker);
  if (meant !== undefined) return meant;
  throw new UserError('paper-not-clear', {
    text,
    near: near.slice(0, NAMED).map(({ id, title }) => ({ id, title })),
  });
}

/** The same, with the papers that come near where none is clearly meant; at least one. */
export async function identifyPaper(
  text: string,
  context: FindTools,
  asker?: Asker,
): Promise<{ readonly meant?: Paper; readonly near: readonly Paper[] }> {
  const id = parsePaperId(text);
  if (id === undefined) {
    const titled = await findTitled(text, context, asker);
    if (titled.near.length === 0) throw new UserError('paper-not-found', { text });
    return { ...titled, near: titled.near.slice(0, NEAR) };
  }
  const meant = await fetchPaper(id, context);
  if (meant === undefined) throw new UserError('paper-not-found', { text });
  return { meant, near: [] };
}

/**
 * From the archive, else from the source, which then leaves it there with no list day. Undefined where neither knows
 * it. Raises `SourceError`.
 */
export async function fetchPaper(
  id: string,
  {
    archive,
    source,
    clock,
  }: Pick<CommandContext, 'archive' | 'clock'> & { readonly source: Pick<CommandContext['source'], 'paper'> },
): Promise<Paper | undefined> {
  const archived = archive.paper(id);
  if (archived !== undefined) return archived;
  const found = await source.paper(id, AbortSignal.timeout(SOURCE_MS));
  if (found === undefined) return undefined;
  const { listDay: _listed, ...paper } = found;
  archive.save([paper], clock.now());
  return paper;
}

/**
 * Leaves the examples of `like:` in the archive, which compares papers with them. Raises `paper-not-found` and
 * `SourceError`.
 */
export async function fetchExamples(
  query: Query,
  context: Pick<CommandContext, 'archive' | 'source' | 'clock'>,
): Promise<void> {
  const ids = leavesOf(query).flatMap((leaf) => (leaf.kind === 'like' ? leaf.papers : []));
  for (const id of new Set(ids)) {
    if ((await fetchPaper(id, context)) === undefined) throw new UserError('paper-not-found', { text: id });
  }
}

/** From the archive; one that it has no more is its id. */
export function recallPaper(id: string, { archive }: Pick<CommandContext, 'archive'>): Paper {
  return archive.paper(id) ?? buildUnknownPaper(id);
}

/**
 * The paper with its links and votes asked for anew, unless that was done lately; as it is known where the source does
 * not answer at once.
 */
export async function refreshPaper(
  paper: Paper,
  { archive, source, clock }: Pick<CommandContext, 'archive' | 'source' | 'clock'>,
): Promise<Paper> {
  const known = archive.paper(paper.id);
  const now = clock.now();
  const age = now - (known?.linksAskedAt ?? -Infinity);
  if (known === undefined || (age >= 0 && age < LINKS_KEPT_MS)) return paper;
  try {
    const found = await source.paper(known.id, AbortSignal.timeout(LINKS_MS));
    if (found === undefined) return known;
    archive.save([mergeVisit(known, found)], now);
    return archive.paper(known.id) ?? known;
  } catch (error) {
    if (error instanceof SourceError) return known;
    throw error;
  }
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
  const suggestions = await search.suggest(plainText(typed), SUGGESTIONS);
  return suggestions.flatMap((one) =>
    one.kind === 'title' ? [{ name: cut(one.text), value: one.paperId }] : [],
  );
}
