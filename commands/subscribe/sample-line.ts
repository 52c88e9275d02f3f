import { boldMatches, boldSnippet } from '../../src/discord/rendering/bold-matches.ts';
import { withoutBrackets } from '../../src/discord/rendering/escape-markdown.ts';
import { paperUrl } from '../../src/discord/rendering/paper-texts.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Paper } from '../../src/papers/paper.ts';
import { markMatches, type MatchMarking } from '../../src/topics/mark-matches.ts';
import type { TextField } from '../../src/topics/query/query.ts';

const TITLE = 160;
const SNIPPET = 160;

/** A paper with what a query found in it in bold: in the title, else in the first other text where it is. */
export function buildSampleLine(
  paper: Paper,
  marking: Omit<MatchMarking, 'field'>,
  { papers }: Texts,
): string {
  const title = boldMatches(withoutBrackets(paper.title), { ...marking, field: 'title', limit: TITLE });
  const link = `- [${title || papers.untitled}](${paperUrl(paper.id)})`;
  const line = [link, papers.votes(paper.upvotes)].filter((part) => part !== '').join(' · ');
  if (marking.terms.length === 0 || isFound(paper.title, { ...marking, field: 'title' })) return line;
  const found = textsOf(paper).find(({ field, text }) => isFound(text, { ...marking, field }));
  if (found === undefined) return line;
  return `${line}\n  ${boldSnippet(found.text, { ...marking, field: found.field, limit: SNIPPET })}`;
}

function isFound(text: string, marking: MatchMarking): boolean {
  return markMatches(text, marking).some(({ found }) => found);
}

function textsOf(paper: Paper): readonly { readonly field: TextField; readonly text: string }[] {
  const { keywords, authors, organization, submitter, summary, abstract } = paper;
  return [
    { field: 'keyword', text: keywords.join(', ') },
    { field: 'author', text: authors.join(', ') },
    { field: 'org', text: organization === undefined ? '' : `${organization.name} (${organization.slug})` },
    { field: 'submitter', text: submitter === undefined ? '' : `${submitter.name} (${submitter.slug})` },
    { field: 'abstract', text: summary ?? '' },
    { field: 'abstract', text: abstract },
  ];
}
