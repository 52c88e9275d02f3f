import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays } from '../../src/calendar/zoned-time.ts';
import type { LayoutReply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { boldMatches, boldSnippet } from '../../src/discord/rendering/bold-matches.ts';
import { buildSeparator, buildText } from '../../src/discord/rendering/components.ts';
import { escapeWithin, withoutBrackets } from '../../src/discord/rendering/escape-markdown.ts';
import { codeLink, describeOrigin, joinFacts, paperUrl } from '../../src/discord/rendering/paper-texts.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { findReach } from '../../src/papers/older-days.ts';
import type { ArchivedPaper } from '../../src/papers/paper.ts';
import type { MatchMarking } from '../../src/topics/mark-matches.ts';
import type { SortOrder } from '../../src/topics/paper-search.ts';
import { printQuery, positiveTerms, type Query, topicOf } from '../../src/topics/query/query.ts';
import { type FoundPapers, runSearch } from '../../src/topics/run-search.ts';
import type { Asker } from '../../src/topics/source-shares.ts';
import type { CommandContext } from '../context.ts';
import { buildCardMenu, numberItem } from '../papers/paper-list.ts';
import {
  buildBoxReply,
  buildButton,
  buildRow,
  buildTurnButtons,
  cut,
  type Page,
  type Row,
  takePage,
} from '../parts/message-parts.ts';
import { queryCode } from '../subscribe/topic-label.ts';

export interface SearchView {
  readonly query: Query;
  readonly sort: SortOrder;
  readonly page: number;
  readonly asker: Asker;
  /** For everybody, without the buttons, which are the reader's own. */
  readonly isShown?: boolean;
}

type Section = 'named' | 'strict' | 'related';

interface Item {
  readonly id: string;
  readonly section: Section;
}

const PAGE = 5;
/** By which it is told how much following a query would bring. */
const WEEKS = 4;
/** A page of all that is longest stays within the 4,000 characters of a message. */
const TITLE_LENGTH = 130;
const SNIPPET_LENGTH = 240;
const CODE_LENGTH = 70;
const QUERY_SHOWN = 150;
const BUTTON_LENGTH = 80;

/** One page of what a search finds, with buttons that go on working for months. Raises `StorageError`. */
export async function buildSearchPage(
  view: SearchView,
  context: CommandContext,
  texts: Texts,
): Promise<LayoutReply> {
  const { query, sort } = view;
  const found = await runSearch({ query, sort }, context, view.asker);
  const items = listItems(found);
  const since = findReach(context);
  const notes = [
    ...describeNotes(query, found, texts),
    ...(since === undefined ? [] : [texts.papers.reach(since)]),
  ];
  if (items.length === 0) return buildNothing(query, notes, texts);

  const shown = takePage(items, view.page, PAGE);
  const { page, pages } = shown;
  const { strict, related, fromSource } = found;
  const counts = { strict: strict.length, related: related.length, fromSource: fromSource.size };
  const papers = shown.items.flatMap(({ id }) => context.archive.paper(id) ?? []);
  const menu = buildCardMenu('search', papers, texts);
  const rows = view.isShown === true ? [] : [await buildButtons({ view, found, shown }, context, texts)];
  return buildBoxReply([
    ...notes.map(buildText),
    buildText(`### ${texts.search.title(escapeWithin(printQuery(query), QUERY_SHOWN))}`),
    buildText(`-# ${texts.search.summary(counts, { page: page + 1, pages, sort })}`),
    buildSeparator(),
    ...describeItems(shown, { query, found, texts }, context).map(buildText),
    ...(menu === undefined ? [] : [menu]),
    ...rows,
  ]);
}

function buildNothing(query: Query, notes: readonly string[], texts: Texts): LayoutReply {
  const trending = buildButton(encodeCustomId('list', 'trending', 0), texts.search.showTrending);
  return buildBoxReply([
    buildText([...notes, texts.search.nothing(showQuery(query))].join('\n')),
    buildRow(trending),
  ]);
}

interface FoundPage {
  readonly view: SearchView;
  readonly found: FoundPapers;
  readonly shown: Page<Item>;
}

async function buildButtons(
  { view: { query, sort, asker }, found: { strict, correction, understood }, shown }: FoundPage,
  context: CommandContext,
  texts: Texts,
): Promise<Row> {
  const save = (one: Query) => context.savedSearches.save(asker.userId, { query: printQuery(one), sort });
  const key = await save(query);
  const turn = (to: number, mark: string) => encodeCustomId('search', key, to, mark);
  const meant = understood ?? correction?.query;
  const meantKey = meant && (await save(meant));
  const isMeant = strict.length === 0 && meant !== undefined;
  const perWeek = await countPerWeek(isMeant ? meant : query, context);
  const follow = isMeant
    ? cut(texts.search.followInstead(printQuery(meant), perWeek), BUTTON_LENGTH)
    : texts.search.follow(perWeek);
  return buildRow(
    ...buildTurnButtons(turn, shown, texts),
    ...(meantKey === undefined
      ? []
      : [buildButton(encodeCustomId('search', meantKey, 0, 'meant'), texts.search.searchMeant)]),
    // One paper is no topic: it is listed once.
    ...(query.kind === 'paper'
      ? []
      : [buildButton(encodeCustomId('follow', isMeant ? (meantKey ?? key) : key), follow)]),
    buildButton(encodeCustomId('search-show', key, shown.page), texts.pages.showToChannel),
  );
}

/** How many papers following a query would lately have brought. */
async function countPerWeek(
  query: Query,
  { search, clock }: Pick<CommandContext, 'search' | 'clock'>,
): Promise<number> {
  const after = addDays(listDayAt(clock.now()), -7 * WEEKS);
  return (await search.count(topicOf(query), { after })) / WEEKS;
}

/** Papers of that name first, which are strict or close ones too. */
function listItems({ named = [], strict, related }: FoundPapers): readonly Item[] {
  const others = (ids: readonly string[], section: Section) =>
    ids.filter((id) => !named.includes(id)).map((id) => ({ id, section }));
  return [
    ...named.map((id) => ({ id, section: 'named' as const })),
    ...others(strict, 'strict'),
    ...others(related, 'related'),
  ];
}

/** What the reader has to know before the results. */
function describeNotes(
  query: Query,
  { strict, related, correction, understood, sourceTrouble }: FoundPapers,
  { search: texts }: Texts,
): readonly string[] {
  const notes: string[] = [];
  if (understood !== undefined) notes.push(texts.understood(showQuery(understood)));
  if (correction !== undefined) {
    const meant = showQuery(correction.query);
    if (strict.length > 0) notes.push(texts.didYouMean(meant, correction.total));
    else if (related.length > 0) notes.push(texts.searchedInstead(showQuery(query), meant));
  }
  if (sourceTrouble !== undefined) notes.push(texts.sourceTrouble[sourceTrouble]);
  return notes;
}

function showQuery(query: Query): string {
  return queryCode(printQuery(query), QUERY_SHOWN);
}

/** A text for each paper of the page, numbered, under the name of its section. */
function describeItems(
  { items, first }: Page<Item>,
  { query, found, texts }: { readonly query: Query; readonly found: FoundPapers; readonly texts: Texts },
  { archive, search }: Pick<CommandContext, 'archive' | 'search'>,
): readonly string[] {
  const terms = [
    ...positiveTerms(query),
    ...positiveTerms(found.understood ?? found.correction?.query ?? query),
  ];
  const about = { terms, formsOf: search.formsOf };
  const parts: string[] = [];
  for (const [index, { id, section }] of items.entries()) {
    if (section !== items[index - 1]?.section) parts.push(texts.search.sections[section]);
    const paper = archive.paper(id);
    if (paper === undefined) continue;
    const source = found.fromSource.has(id) ? texts.search.fromSource : undefined;
    parts.push(numberItem(first + index, describeResult(paper, { about, source }, texts)));
  }
  return parts;
}

/** Three lines: the linked title, the facts, and the words around what was found; about 600 characters at most. */
function describeResult(
  paper: ArchivedPaper,
  { about, source }: { readonly about: Omit<MatchMarking, 'field'>; readonly source: string | undefined },
  texts: Texts,
): string {
  const title = boldMatches(withoutBrackets(paper.title), { ...about, field: 'title', limit: TITLE_LENGTH });
  const snippet = boldSnippet(paper.abstract, { ...about, field: 'abstract', limit: SNIPPET_LENGTH });
  const facts = joinFacts([...listFacts(paper, texts), source]);
  return [`[${title || paper.id}](${paperUrl(paper.id)})`, `-# ${facts}`, snippet].join('\n');
}

function listFacts(paper: ArchivedPaper, texts: Texts): readonly (string | undefined)[] {
  const { upvotes, listDay, publishedOn, code } = paper;
  const day = listDay === undefined ? texts.search.notListed(publishedOn) : texts.search.listed(listDay);
  const link = code && codeLink(code, CODE_LENGTH, texts);
  return [describeOrigin(paper, texts), texts.papers.votes(upvotes), day, link];
}
