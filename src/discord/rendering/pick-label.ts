import type { Paper } from '../../papers/paper.ts';
import type { PickedPaper } from '../../topics/paper-search.ts';
import { DEFAULT_LOCALE, textsFor } from '../texts/texts.ts';
import { cutWithin, oneLine } from './escape-markdown.ts';

const TITLE = 50;

/** What stands with a pick in a digest in place of a topic; not escaped, like the names of topics. */
export function labelPick(_pick: PickedPaper, liked: Pick<Paper, 'title'> | undefined): string {
  const { forYou } = textsFor(DEFAULT_LOCALE);
  return liked === undefined ? forYou.labelAlone : forYou.label(cutWithin(oneLine(liked.title), TITLE));
}
