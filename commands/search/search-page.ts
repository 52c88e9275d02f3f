import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays } from '../../src/calendar/zoned-time.ts';
import type { Reply } from '../../src/discord/interactions/command.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { boldMatches, boldSnippet } from '../../src/discord/rendering/bold-matches.ts';
import { escapeWithin, withoutBrackets } from '../../src/discord/rendering/escape-markdown.ts';
import { COLOUR } from '../../src/discord/rendering/components.ts';
import { codeLink, paperUrl } from '../../src/discord/rendering/paper-texts.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import { findReach } from '../../src/papers/older-days.ts';
import type { ArchivedPaper } from '../../src/papers/paper.ts';
import type { MatchMarking } from '../../src/topics/mark-matches.ts';
import type { SortOrder } from '../../src/topics/paper-search.ts';
import { printQuery, positiveTerms, type Query, topicOf } from '../../src/topics/query/query.ts';
import { type FoundPapers, runSearch } from '../../src/topics/run-search.ts';
import type { CommandContext } from '../context.ts';
import {
  buildButton,
  buildMenu,
  buildPageRows,
  buildRow,
  cut,
  type Page,
  takePage,
} from '../parts/message-parts.ts';
import { queryCode } from '../subscribe/topic-label.ts';

interface SearchView {
  readonly query: Query;
  readonly sort: SortOrder;
  readonly page: number;
  readonly userId: string;
}

type Section = 'strict' | 'close' | 'beyond';

interface Item {
  readonly id: string;
  readonly section: Section;
}

const PAGE = 5;
/** By which it is told how much following a query would bring. */
const WEEKS = 4;
const TITLE_LENGTH = 150;
const SNIPPET_LENGTH = 320;
const QUERY_SHOWN = 200;
const AUTHORS_LENGTH = 60;

/** One page of what a search finds, with buttons that go on working for months. Raises `StorageError`. */
export async function buildSearchPage(
  view: SearchView,
  context: CommandContext,
  texts: Texts,
): Promise<Reply> {
  const { query, sort, userId } = view;
  const found = await runSearch({ query, sort }, context);
  const items = listItems(found);
  const key = await context.savedSearches.save(userId, { query: printQuery(query), sort });
  const meant = found.correction?.query;
  const meantKey = meant && (await context.savedSearches.save(userId, { query: printQuery(meant), sort }));
  const since = findReach(context);
  const notes = [
    ...describeNotes(query, found, texts),
    ...(since === undefined ? [] : [texts.papers.reach(since)]),
  ];
  if (items.length === 0) return { content: [...notes, texts.search.nothing(showQuery(query))].join('\n') };

  const shown = takePage(items, view.page, PAGE);
  const { page, pages } = shown;
  const counts = { strict: found.strict.length, close: found.close.length, beyond: found.beyond.length };
  const menu = buildCardMenu(shown, context, texts);
  const pager = {
    page,
    turnTo: (to: number, mark: string) => encodeCustomId('search', key, to, mark),
    showId: encodeCustomId('search-show', key, page),
  };
  return {
    content: notes.join('\n'),
    embeds: [
      {
        title: texts.search.title(escapeWithin(printQuery(query), QUERY_SHOWN)),
        description: describeItems(shown.items, { query, found, texts }, context),
        footer: { text: texts.search.summary(counts, { page: page + 1, pages, sort }) },
        color: COLOUR,
      },
    ],
    components: [
      ...(menu === undefined ? [] : [menu]),
      ...buildPageRows(pager, shown, texts),
      buildRow(
        ...(meantKey === undefined
          ? []
          : [buildButton(encodeCustomId('search', meantKey, 0, 'meant'), texts.search.searchMeant)]),
        found.strict.length === 0 && meant !== undefined && meantKey !== undefined
          ? buildButton(encodeCustomId('follow', meantKey), await describeFollow(meant, context, texts))
          : buildButton(encodeCustomId('follow', key), await describeFollow(query, context, texts)),
      ),
    ],
  };
}

async function describeFollow(
  query: Query,
  { search, clock }: Pick<CommandContext, 'search' | 'clock'>,
  texts: Texts,
): Promise<string> {
  const after = addDays(listDayAt(clock.now()), -7 * WEEKS);
  const perWeek = (await search.count(topicOf(query), { after })) / WEEKS;
  return texts.search.follow(perWeek);
}

function listItems({ strict, close, beyond }: FoundPapers): readonly Item[] {
  return [
    ...strict.map((id) => ({ id, section: 'strict' as const })),
    ...close.map((id) => ({ id, section: 'close' as const })),
    ...beyond.map((id) => ({ id, section: 'beyond' as const })),
  ];
}

/** What the reader has to know before the results. */
function describeNotes(
  query: Query,
  { strict, close, correction, sourceFailed }: FoundPapers,
  { search: texts }: Texts,
): readonly string[] {
  const notes: string[] = [];
  if (correction !== undefined) {
    const meant = showQuery(correction.query);
    if (strict.length > 0) notes.push(texts.didYouMean(meant, correction.total));
    else if (close.length > 0) notes.push(texts.searchedInstead(showQuery(query), meant));
  }
  if (sourceFailed) notes.push(texts.sourceFailed);
  return notes;
}

function showQuery(query: Query): string {
  return queryCode(printQuery(query), QUERY_SHOWN);
}

function describeItems(
  shown: readonly Item[],
  { query, found, texts }: { readonly query: Query; readonly found: FoundPapers; readonly texts: Texts },
  { archive, search }: Pick<CommandContext, 'archive' | 'search'>,
): string {
  const terms = [...positiveTerms(query), ...positiveTerms(found.correction?.query ?? query)];
  const about = { terms, formsOf: search.formsOf };
  const parts: string[] = [];
  for (const [index, { id, section }] of shown.entries()) {
    if (section !== shown[index - 1]?.section) parts.push(texts.search.sections[section]);
    const paper = archive.paper(id);
    if (paper !== undefined) parts.push(describeResult(paper, about, texts));
  }
  return parts.join('\n\n');
}

/** Three lines: the linked title, the facts, and the words around what was found; about 700 characters at most. */
function describeResult(paper: ArchivedPaper, about: Omit<MatchMarking, 'field'>, texts: Texts): string {
  const title = boldMatches(withoutBrackets(paper.title), { ...about, field: 'title', limit: TITLE_LENGTH });
  const snippet = boldSnippet(paper.abstract, { ...about, field: 'abstract', limit: SNIPPET_LENGTH });
  return [`[${title || paper.id}](${paperUrl(paper.id)})`, describeFacts(paper, texts), snippet].join('\n');
}

function describeFacts(paper: ArchivedPaper, texts: Texts): string {
  const { upvotes, listDay, publishedOn, authors, code } = paper;
  const day = listDay === undefined ? texts.search.notListed(publishedOn) : texts.search.listed(listDay);
  const [first, ...others] = authors;
  const named = first === undefined ? '' : escapeWithin(first, AUTHORS_LENGTH);
  const byline = others.length > 0 ? texts.papers.andMore(named, others.length) : named;
  const link = code && codeLink(code, 120, texts);
  return [texts.papers.votes(upvotes), day, byline, link]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
}

function buildCardMenu(
  { items, page }: Page<Item>,
  { archive }: Pick<CommandContext, 'archive'>,
  texts: Texts,
) {
  const papers = items.flatMap(({ id }) => archive.paper(id) ?? []);
  return buildMenu(
    encodeCustomId('card', 'search', page),
    texts.papers.openPaper,
    papers.map(({ id, title }) => ({ label: cut(title), value: id })),
  );
}
