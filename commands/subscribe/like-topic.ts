import type { Choice } from '../../src/discord/interactions/command.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { parsePaperId } from '../../src/papers/parse-paper-id.ts';
import { chooseLikeness, type Volume } from '../../src/subscriptions/backtest.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { MOST_LIKED } from '../../src/topics/query/lex-condition.ts';
import { syntaxError } from '../../src/topics/query/lex-query.ts';
import { parseQuery } from '../../src/topics/query/parse-query.ts';
import { leavesOf, printQuery } from '../../src/topics/query/query.ts';
import type { Asker } from '../../src/topics/source-shares.ts';
import type { Topic } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { findPaper, suggestPapers } from '../papers/find-paper.ts';
import { cut } from '../parts/message-parts.ts';

export const VOLUMES: readonly Volume[] = ['few', 'some', 'many'];

const LIKE = /^\s*like:\s*/i;
const VOLUME = /[\s,;]+(few|some|many)(?:\s+a\s+week)?\s*$/i;
const TITLE = 60;
const VALUE = 100;

type LikeTools = Pick<CommandContext, 'archive' | 'search' | 'source' | 'sourceSearch' | 'clock'>;

/**
 * `like:` with papers as people name them; with a threshold or other parts it is a query like any other. Ids and links
 * alone are examples too, as the papers themselves are listed already.
 */
export function isLikeWish(text: string): boolean {
  if (!LIKE.test(text)) return namesOnlyPapers(text);
  return !text.includes('>=') && !hasOtherParts(text);
}

function namesOnlyPapers(text: string): boolean {
  const named = splitExamples(text.replace(VOLUME, ''));
  return named.length > 0 && named.every((one) => parsePaperId(one) !== undefined);
}

/** Whether it is read as `like:` with more than papers behind it: `like:2605.30349 code:yes`. */
function hasOtherParts(text: string): boolean {
  if (VOLUME.test(text)) return false;
  try {
    const query = parseQuery(text);
    return query.kind !== 'like' && leavesOf(query).some(({ kind }) => kind === 'like');
  } catch {
    return false;
  }
}

/** The topic of `like:2605.30349, Mamba few`. Raises what `findPaper` raises, and `query-syntax`. */
export async function readLikeTopic(
  text: string,
  context: LikeTools,
  { texts, asker }: { readonly texts: Texts; readonly asker: Asker },
): Promise<Topic> {
  const volume = readVolume(text) ?? 'some';
  const named = splitExamples(text.replace(LIKE, '').replace(VOLUME, ''));
  if (named.length === 0) throw syntaxError(text, text.length, 'paper-ids');
  if (named.length > MOST_LIKED) parseQuery(`like:${named.join()}`);
  const papers = await Promise.all(named.map((one) => findPaper(one, context, asker)));
  return buildLikeTopic(
    papers.map(({ id }) => id),
    volume,
    { context, texts },
  );
}

/** A topic by example that brings about so much. */
export async function buildLikeTopic(
  paperIds: readonly string[],
  volume: Volume,
  { context, texts }: { readonly context: LikeTools; readonly texts: Texts },
): Promise<Topic> {
  const papers = [...new Set(paperIds)].toSorted();
  const from = await chooseLikeness(papers, volume, context);
  const [first = ''] = paperIds;
  const title = cut(context.archive.paper(first)?.title ?? first, TITLE);
  return {
    name: texts.subscribe.likeName(title, papers.length - 1, volume),
    query: printQuery({ kind: 'like', papers, from }),
  };
}

/** The examples of a topic that is by example and nothing else. */
export function examplesOf({ query }: Topic): readonly string[] | undefined {
  if (!LIKE.test(query)) return undefined;
  const parsed = parseQuery(query);
  return parsed.kind === 'like' ? parsed.papers : undefined;
}

/** The subscription that has the same examples and another volume, which the topic is to take the place of. */
export async function findOtherVolume(
  destinationId: string,
  { topic, minUpvotes }: Pick<Subscription, 'topic' | 'minUpvotes'>,
  { destinations }: Pick<CommandContext, 'destinations'>,
): Promise<{ readonly destinationId: string; readonly subscriptionId: string } | undefined> {
  const examples = examplesOf(topic)?.join();
  if (examples === undefined) return undefined;
  const present = (await destinations.get(destinationId))?.subscriptions ?? [];
  const alike = present.filter((one) => one.minUpvotes === minUpvotes);
  const held = alike.find((one) => examplesOf(one.topic)?.join() === examples);
  const isOther = held !== undefined && held.topic.query !== topic.query;
  return isOther ? { destinationId, subscriptionId: held.id } : undefined;
}

function readVolume(text: string): Volume | undefined {
  const word = VOLUME.exec(text)?.[1]?.toLowerCase();
  return VOLUMES.find((one) => one === word);
}

/** Semicolons part titles, which have commas of their own; commas part ids and links, and those from a title. */
function splitExamples(text: string): readonly string[] {
  const examples: string[] = [];
  for (const part of text.split(/[;\n]/)) {
    let isTitleOpen = false;
    for (const piece of part.split(',').map((one) => one.trim())) {
      if (piece === '') continue;
      const isId = parsePaperId(piece) !== undefined;
      if (isId || !isTitleOpen) examples.push(piece);
      else examples.push(`${examples.pop() ?? ''}, ${piece}`);
      isTitleOpen = !isId;
    }
  }
  return examples;
}

/** Goes on from `like:` with papers, and once there are some with how many are to come. */
export async function suggestLike(
  typed: string,
  context: Pick<LikeTools, 'archive' | 'search'>,
  texts: Texts,
): Promise<readonly Choice[]> {
  if (VOLUME.test(typed)) return [];
  const examples = splitExamples(typed.replace(LIKE, ''));
  const known = examples.flatMap((one) => parsePaperId(one) ?? []);
  const open = examples.filter((one) => parsePaperId(one) === undefined).at(-1);
  const titles = known.map((id) => context.archive.paper(id)?.title ?? id);
  if (open === undefined) {
    const label = (volume: Volume) => texts.subscribe.likeChoice(titles.join(' + '), volume);
    return known.length === 0
      ? []
      : VOLUMES.map((volume) => buildChoice(label(volume), `like:${known.join()} ${volume}`)).filter(fits);
  }
  const found = await suggestPapers(open, context);
  return found
    .map(({ name, value }) =>
      buildChoice(`like: ${[...titles, name].join(' + ')}`, `like:${[...known, value].join()}`),
    )
    .filter(fits);
}

function buildChoice(name: string, value: string): Choice {
  return { name: cut(name), value };
}

function fits({ value }: Choice): boolean {
  return value.length <= VALUE;
}

/** How many a week a topic was made for, so that the others can be offered; undefined for one by its threshold. */
export function volumeOf({ name, query }: Topic, texts: Texts): Volume | undefined {
  if (name === query) return undefined;
  return VOLUMES.find((volume) => name.endsWith(texts.subscribe.likeEnd(volume)));
}
