import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays } from '../../src/calendar/zoned-time.ts';
import type { Reply } from '../../src/discord/interactions/command.ts';
import { boldMatches, boldSnippet } from '../../src/discord/rendering/bold-matches.ts';
import { COMMAND_TEXTS } from '../../src/discord/texts/command-texts.ts';
import { encodeCustomId } from '../../src/discord/interactions/custom-id.ts';
import { DIGEST_TEXTS } from '../../src/discord/texts/digest-texts.ts';
import { withoutBrackets } from '../../src/discord/rendering/escape-markdown.ts';
import { COLOUR } from '../../src/discord/rendering/paper-card.ts';
import { codeLink, paperUrl } from '../../src/discord/rendering/paper-line.ts';
import { SEARCH_TEXTS } from '../../src/discord/texts/search-texts.ts';
import { escapeWithin } from '../../src/discord/rendering/truncate.ts';
import type { ArchivedPaper } from '../../src/papers/paper.ts';
import type { SortOrder } from '../../src/topics/paper-search.ts';
import { printQuery } from '../../src/topics/query/print-query.ts';
import { positiveTerms, type Query, type Term } from '../../src/topics/query/query.ts';
import { type FoundPapers, runSearch } from '../../src/topics/run-search.ts';
import type { CommandContext } from '../context.ts';
import { buildButton, buildMenu, buildRow, cut } from '../parts/message-parts.ts';
import { buildPagerRow } from '../papers/paper-list.ts';
import { queryCode } from '../subscribe/topic-label.ts';

export interface SearchView {
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
export async function buildSearchPage(view: SearchView, context: CommandContext): Promise<Reply> {
  const { query, sort, userId } = view;
  const found = await runSearch({ query, sort }, context);
  const items = listItems(found);
  const key = await context.savedSearches.save(userId, { query: printQuery(query), sort });
  const meant = found.correction?.query;
  const meantKey = meant && (await context.savedSearches.save(userId, { query: printQuery(meant), sort }));
  const notes = describeNotes(query, found);
  if (items.length === 0) return { content: [...notes, SEARCH_TEXTS.nothing(showQuery(query))].join('\n') };

  const pages = Math.ceil(items.length / PAGE);
  const page = Math.min(Math.max(view.page, 0), pages - 1);
  const shown = items.slice(page * PAGE, (page + 1) * PAGE);
  const menu = buildCardMenu(shown, page, context);
  const pager = {
    page,
    turnTo: (to: number, mark: string) => encodeCustomId('search', key, to, mark),
    showId: encodeCustomId('search-show', key, page),
  };
  return {
    content: notes.join('\n'),
    embeds: [
      {
        title: SEARCH_TEXTS.title(escapeWithin(printQuery(query), QUERY_SHOWN)),
        description: describeItems(shown, { query, found }, context),
        footer: { text: SEARCH_TEXTS.page(page + 1, pages, SEARCH_TEXTS.sorts[sort]) },
        color: COLOUR,
      },
    ],
    components: [
      ...(menu === undefined ? [] : [menu]),
      buildPagerRow(pager, pages),
      buildRow(
        ...(meantKey === undefined
          ? []
          : [buildButton(encodeCustomId('search', meantKey, 0, 'meant'), SEARCH_TEXTS.searchMeant)]),
        await (found.strict.length === 0 && meant !== undefined && meantKey !== undefined
          ? buildFollowButton(meantKey, meant, context)
          : buildFollowButton(key, query, context)),
      ),
    ],
  };
}

async function buildFollowButton(
  key: string,
  query: Query,
  { search, clock }: CommandContext,
): Promise<ReturnType<typeof buildButton>> {
  const after = addDays(listDayAt(clock.now()), -7 * WEEKS);
  const perWeek = (await search.count(query, { after })) / WEEKS;
  return buildButton(encodeCustomId('follow', key), SEARCH_TEXTS.follow(perWeek));
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
): readonly string[] {
  const notes: string[] = [];
  if (correction !== undefined) {
    const meant = showQuery(correction.query);
    if (strict.length > 0) notes.push(SEARCH_TEXTS.didYouMean(meant, correction.total));
    else if (close.length > 0) notes.push(SEARCH_TEXTS.searchedInstead(showQuery(query), meant));
  }
  if (sourceFailed) notes.push(SEARCH_TEXTS.sourceFailed);
  return notes;
}

function showQuery(query: Query): string {
  return queryCode(printQuery(query), QUERY_SHOWN);
}

function describeItems(
  shown: readonly Item[],
  { query, found }: { readonly query: Query; readonly found: FoundPapers },
  context: CommandContext,
): string {
  const terms = [...positiveTerms(query), ...positiveTerms(found.correction?.query ?? query)];
  const headings: Readonly<Record<Section, string>> = {
    strict: SEARCH_TEXTS.strict(found.strict.length),
    close: SEARCH_TEXTS.close,
    beyond: SEARCH_TEXTS.beyond,
  };
  const parts: string[] = [];
  for (const [index, { id, section }] of shown.entries()) {
    if (section !== shown[index - 1]?.section) parts.push(headings[section]);
    const paper = context.archive.paper(id);
    if (paper !== undefined) parts.push(describeResult(paper, terms, context));
  }
  return parts.join('\n\n');
}

/** Three lines: the linked title, the facts, and the words around what was found; about 700 characters at most. */
function describeResult(paper: ArchivedPaper, terms: readonly Term[], { search }: CommandContext): string {
  const about = { terms, formsOf: search.formsOf };
  const title = boldMatches(withoutBrackets(paper.title), { ...about, field: 'title', limit: TITLE_LENGTH });
  const snippet = boldSnippet(paper.abstract, { ...about, field: 'abstract', limit: SNIPPET_LENGTH });
  return [`[${title || paper.id}](${paperUrl(paper.id)})`, describeFacts(paper), snippet].join('\n');
}

function describeFacts({ upvotes, listDay, publishedOn, authors, code }: ArchivedPaper): string {
  const day = listDay === undefined ? SEARCH_TEXTS.notListed(publishedOn) : SEARCH_TEXTS.listed(listDay);
  const [first, ...others] = authors;
  const named = first === undefined ? '' : escapeWithin(first, AUTHORS_LENGTH);
  const byline = others.length > 0 ? `${named} and ${others.length} more` : named;
  const link = code && codeLink(code, 120);
  return [DIGEST_TEXTS.votes(upvotes), day, byline, link]
    .filter((part) => part !== undefined && part !== '')
    .join(' · ');
}

function buildCardMenu(shown: readonly Item[], page: number, { archive }: CommandContext) {
  const papers = shown.flatMap(({ id }) => archive.paper(id) ?? []);
  return buildMenu(
    encodeCustomId('card', 'search', page),
    COMMAND_TEXTS.openPaper,
    papers.map(({ id, title }) => ({ label: cut(title), value: id })),
  );
}
