import type { Instant } from '../calendar.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { foldText, isTextOrStart } from '../evidence/fold-text.ts';
import type { PlacedDelivery } from '../evidence/place.ts';
import type { SeenPaper, Sighting } from '../evidence/sightings.ts';
import type { Settings } from '../history.ts';
import type { Shown, ShownPaper } from '../shown.ts';
import { inEachPlace, type Promise } from '../promise.ts';

const SMALL = '-# ';
const VOTES = /▲\u00a0(\d+)/u;
const STARS = /★\u00a0(\d+)/u;
const COMMENTS = /(?:^| )(\d+) comments?(?:$| )/u;
const TOPICS = /(?:^|· )\*([^*]+)\*$/u;
/** Behind names, of which more follow. */
const MORE = /(?: and \d+ more| et al\.)$/u;

export const WRONG_FACTS: Promise = {
  figure: 'wrong_facts',
  sentence:
    'What a message says of a paper is true of it: title, people, summary, votes, comments, stars, and the topics that it matched.',
  check: inEachPlace((evidence, { destination, deliveries }) =>
    deliveries.flatMap((delivery) => [
      ...versionsOf(delivery).flatMap(({ at, papers }) =>
        papers.flatMap((paper) =>
          judge(evidence, paper, { at, delivery }).map(
            (what) => `${paper.id} with ${what} in ${delivery.id}`,
          ),
        ),
      ),
      ...judgeNames(evidence, delivery, destination.kind === 'forum'),
    ]),
  ),
};

/** What its messages show, and what edits let them show. */
function versionsOf({ messages }: PlacedDelivery): readonly (Shown & { readonly at: Instant })[] {
  return messages.flatMap((message) => {
    const edits = message.edits.flatMap(({ at, shows }) => (shows === undefined ? [] : [{ ...shows, at }]));
    const at = message.edits.findLast(({ isTaken }) => isTaken)?.at ?? message.at;
    return [{ ...message, at }, ...edits];
  });
}

/** What the message that mentions a role, and threads and posts, call a paper. */
function judgeNames(
  { papers }: Evidence,
  { id, messages }: PlacedDelivery,
  isForum: boolean,
): readonly string[] {
  const best = messages.flatMap((message) => message.papers).at(0);
  const names = messages.flatMap(({ announced, thread, papers: [only, ...others] }) => [
    ...(announced === undefined ? [] : [{ name: announced.title, paperId: best?.id }]),
    ...(thread === undefined || others.length > 0 ? [] : [{ name: thread, paperId: only?.id }]),
  ]);
  return names.flatMap(({ name, paperId = '' }) => {
    const paper = papers.get(paperId);
    // A post of one paper that is over the most has the name of a list.
    const isList = isForum && name.endsWith(' more paper');
    return paper === undefined || isList || isUnknown(name, paperId) || isTextOrStart(name, paper.title)
      ? []
      : [`${paperId} with the name "${name}" in ${id}`];
  });
}

/** Of what the archive has lost only the id is known. */
function isUnknown(name: string, paperId: string): boolean {
  return name === paperId || name === `arXiv:${paperId}`;
}

interface Occasion {
  readonly at: Instant;
  readonly delivery: PlacedDelivery;
}

function judge(
  { papers, history }: Evidence,
  shown: ShownPaper,
  { at, delivery }: Occasion,
): readonly string[] {
  const paper = papers.get(shown.id);
  const sightings = paper?.sightings.filter((one) => one.at <= at) ?? [];
  // What is wanted there is judged elsewhere. Of what the archive has lost only the link is known.
  if (paper === undefined || sightings.length === 0) return [];
  if (shown.title === shown.id && history.archiveLostAt.some((lost) => lost <= at)) return [];
  const small = shown.lines.filter((line) => line.startsWith(SMALL)).map((line) => line.slice(SMALL.length));
  const facts = small.length === 0 ? shown.lines : small;
  return [
    ...(isTextOrStart(shown.title, paper.title) ? [] : [`the title "${shown.title}"`]),
    ...judgeNumber('upvotes', shown.upvotes ?? 0, sightings),
    ...judgeNumber('stars', find(STARS, facts), sightings),
    ...judgeNumber('comments', find(COMMENTS, facts), sightings),
    ...judgeTexts(shown, paper),
    ...judgeTopics(facts, delivery.settings),
  ];
}

function judgeNumber(
  what: 'upvotes' | 'stars' | 'comments',
  shown: number | undefined,
  sightings: readonly Sighting[],
): readonly string[] {
  const isKnown = shown === undefined || sightings.some((one) => one[what] === shown);
  return isKnown ? [] : [`${shown} ${what}, which it never had`];
}

function find(pattern: RegExp, facts: readonly string[]): number | undefined {
  const found = facts.flatMap((line) => pattern.exec(line)?.[1] ?? []).at(-1);
  return found === undefined ? undefined : Number(found);
}

/** Of a card, who wrote it and what it is about; an embed has no small lines to tell them by. */
function judgeTexts({ form, lines }: ShownPaper, paper: SeenPaper): readonly string[] {
  const isLayout = lines.some((line) => line.startsWith(SMALL));
  if (form === 'line' || !isLayout) return [];
  const about = lines.filter((line) => !line.startsWith(SMALL));
  const [people = ''] = lines;
  const hasPeople = people.startsWith(SMALL) && !VOTES.test(people) && lines.length > 1;
  return [
    ...about.filter((line) => !isAbout(line, paper)).map((line) => `the summary "${line}"`),
    ...(hasPeople && !isBy(people.slice(SMALL.length), paper) ? [`the people "${people}"`] : []),
  ];
}

/** Where there is no summary, the abstract is cut after a sentence too. */
function isAbout(line: string, { summary, abstract }: SeenPaper): boolean {
  return foldText(summary.trim() === '' ? abstract : summary).startsWith(foldText(line));
}

function isBy(line: string, { by }: SeenPaper): boolean {
  const names = by.map(foldText);
  const isName = (shown: string) => {
    const folded = foldText(shown.replace(MORE, ''));
    return folded === '' || names.some((name) => name.startsWith(folded));
  };
  return line.split(' · ').every((part) => isName(part) || part.replace(MORE, '').split(', ').every(isName));
}

function judgeTopics(facts: readonly string[], settings: readonly Settings[]): readonly string[] {
  const named = facts.flatMap((line) => TOPICS.exec(line)?.[1] ?? []);
  const followed = settings.flatMap(({ follows }) => follows.map(({ query }) => foldText(withoutNot(query))));
  return named
    .flatMap((names) => names.split(' · '))
    .filter((name) => !followed.some((query) => query.startsWith(foldText(withoutNot(name)))))
    .map((name) => `the topic "${name}"`);
}

/** `NOT survey` is `-survey`. */
function withoutNot(query: string): string {
  return query.replaceAll(/\bNOT /gu, '-');
}
