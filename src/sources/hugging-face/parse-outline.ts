import type { Heading } from '../../papers/paper-source.ts';
import { normaliseText } from './normalise.ts';

const HEADING = /^(#{1,6})\s+(.*?)[\s#]*$/;
const FENCE = /^\s*(?:```|~~~)/;
const MOST_HEADINGS = 40;
const HEADING_LENGTH = 120;
/** Of a longer line only the beginning is read. */
const LONGEST_LINE = 500;

/** The headings of a Markdown text, the title of the whole left out. */
export function parseOutline(markdown: string): readonly Heading[] {
  const headings: Heading[] = [];
  let isCode = false;
  for (const line of markdown.split(/\r?\n/)) {
    if (FENCE.test(line)) isCode = !isCode;
    const [, marks = '', words = ''] = (isCode ? null : HEADING.exec(line.slice(0, LONGEST_LINE))) ?? [];
    const text = normaliseText(withoutMarkdown(words), HEADING_LENGTH);
    if (text !== '') headings.push({ depth: marks.length, text });
  }
  const [first, ...others] = headings;
  const isTitled = first !== undefined && others.every(({ depth }) => depth > first.depth);
  const parts = (isTitled ? others : headings).slice(0, MOST_HEADINGS);
  const least = Math.min(...parts.map(({ depth }) => depth));
  return parts.map(({ depth, text }) => ({ depth: depth - least, text }));
}

/** Links and pictures become their words, and what makes words bold, italic or code goes. */
function withoutMarkdown(text: string): string {
  return text.replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1').replace(/\*+|`+|(?<!\w)_+|_+(?!\w)/g, '');
}
