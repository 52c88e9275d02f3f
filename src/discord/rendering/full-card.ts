import type { LinkedRepositories, Paper } from '../../papers/paper.ts';
import type { Texts } from '../texts/texts.ts';
import { buildGallery, buildText, type Gallery, type Text } from './components.ts';
import { escapeWithin } from './escape-markdown.ts';
import {
  buildTitleLink,
  describeAuthors,
  describeInterest,
  findPicture,
  paperUrl,
  summarise,
} from './paper-texts.ts';

const TITLE = 230;
const AUTHORS = 8;
const SUMMARY = 600;
/** Longer names are counted, and not shown. */
const REPOSITORY = 100;
const REPOSITORY_LABEL = 60;
const HUB = 'https://huggingface.co/';

/** Where the repositories of a kind are on Hugging Face. */
const KINDS = { models: HUB, datasets: `${HUB}datasets/`, spaces: `${HUB}spaces/` } as const;

/** All that is known of a paper, as parts of a box: at most about 3,400 characters of text, and its picture. */
export function buildFullCard(paper: Paper, texts: Texts): (Text | Gallery)[] {
  const { publishedOn, listDay } = paper;
  const picture = findPicture(paper);
  const authors = describeAuthors(paper, texts, AUTHORS);
  const lines = [
    `## ${buildTitleLink(paper, TITLE)}`,
    ...(authors === '' ? [] : [`-# ${authors}`]),
    summarise(paper, SUMMARY),
    describeInterest(paper, texts),
    describeLinks(paper, texts),
    `-# ${texts.papers.days(publishedOn, listDay)}`,
  ];
  return [
    buildText(lines.filter((line) => line !== '').join('\n')),
    ...(picture === undefined ? [] : [buildGallery(picture)]),
  ];
}

/** A line for each kind that there is, with the first few by name; at most 1,800 characters. */
function describeLinks({ id, links }: Paper, { papers }: Texts): string {
  if (links === undefined) return '';
  const lines = (['models', 'datasets', 'spaces'] as const)
    .filter((kind) => links[kind].count > 0)
    .map(
      (kind) => `**${papers.linked[kind]}** ${nameRepositories(links[kind], KINDS[kind], { papers, id })}`,
    );
  return lines.join('\n');
}

function nameRepositories(
  { count, names }: LinkedRepositories,
  place: string,
  { papers, id }: { readonly papers: Texts['papers']; readonly id: string },
): string {
  const named = names
    .filter((name) => name.length <= REPOSITORY)
    .map((name) => `[${escapeWithin(name, REPOSITORY_LABEL)}](${place}${encodeURI(name)})`);
  const more = count - named.length;
  if (named.length === 0) return `[${count}](${paperUrl(id)})`;
  return more > 0 ? papers.andMore(named.join(', '), more) : named.join(', ');
}
