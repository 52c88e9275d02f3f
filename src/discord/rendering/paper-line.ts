import type { Paper } from '../../papers/paper.ts';
import type { Texts } from '../texts/texts.ts';
import { buildTitleLink, codeLink, describeOrigin, describeTopics, joinFacts } from './paper-texts.ts';

const TITLE = 110;
const BARE_TITLE = 60;
const TOPICS = 60;

/** One line without a bullet, with the topics that it matched; at most about 310 characters. */
export function buildPaperLine(paper: Paper, texts: Texts, topics: readonly string[] = []): string {
  const { upvotes, code } = paper;
  return joinFacts([
    buildTitleLink(paper, TITLE),
    texts.papers.votes(upvotes),
    code && codeLink(code, 70, texts),
    describeTopics(topics, TOPICS),
  ]);
}

/**
 * The same for a list with room: below the title, small, whose it is, and its votes and stars. At most about 310
 * characters.
 */
export function buildPaperItem(paper: Paper, texts: Texts, topics: readonly string[] = []): string {
  const { upvotes, code } = paper;
  const facts = joinFacts([
    describeOrigin(paper, texts),
    texts.papers.votes(upvotes),
    texts.papers.stars(code?.stars ?? 0),
    describeTopics(topics, TOPICS),
  ]);
  return addSmall(buildTitleLink(paper, TITLE), facts);
}

/** The least: half of the title, and the votes. At most 130 characters. */
export function buildBareItem(paper: Paper, { papers }: Texts): string {
  return addSmall(buildTitleLink(paper, BARE_TITLE), papers.votes(paper.upvotes));
}

function addSmall(title: string, facts: string): string {
  return facts === '' ? title : `${title}\n-# ${facts}`;
}
