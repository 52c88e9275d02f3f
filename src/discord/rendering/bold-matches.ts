import { markMatches, type MatchMarking, type Stretch } from '../../topics/mark-matches.ts';
import { escapeMarkdown, escapeWithin } from './escape-markdown.ts';

const ELLIPSIS = '…';
/** What stands before the first match of a snippet, in characters. */
const LEAD = 60;

interface BoldOptions extends MatchMarking {
  /** Longest result in UTF-16 code units, with all escapes. */
  readonly limit: number;
}

/** Somebody else's text, escaped, with what a query found in it in bold; cut at a word. */
export function boldMatches(text: string, options: BoldOptions): string {
  return joinWithin(markMatches(text, options), options.limit);
}

/** The part of a long text around the first match, or its beginning where nothing is found in it. */
export function boldSnippet(text: string, options: BoldOptions): string {
  const stretches = markMatches(text, options);
  const first = stretches.findIndex(({ found }) => found);
  const before = stretches[first - 1]?.text ?? '';
  if (first < 1 || before.length <= LEAD) return joinWithin(stretches, options.limit);
  const lead = before
    .slice(-LEAD)
    .replace(/^\S*\s+/u, '')
    .toWellFormed();
  return joinWithin([{ text: `${ELLIPSIS}${lead}`, found: false }, ...stretches.slice(first)], options.limit);
}

/** As many stretches as fit; from the first that does not, the rest is cut, and not bold. */
function joinWithin(stretches: readonly Stretch[], limit: number): string {
  let joined = '';
  for (const [index, { text, found }] of stretches.entries()) {
    const whole = found ? `**${escapeMarkdown(text)}**` : escapeMarkdown(text);
    const reserve = index === stretches.length - 1 ? 0 : ELLIPSIS.length;
    if (joined.length + whole.length > limit - reserve) {
      const rest = stretches.slice(index).map((stretch) => stretch.text);
      return joined + escapeWithin(rest.join(''), limit - joined.length);
    }
    joined += whole;
  }
  return joined;
}
