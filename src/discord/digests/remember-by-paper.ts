import type { Paper } from '../../papers/paper.ts';
import type { Texts } from '../texts/texts.ts';

/** Of one paper, for each combination of topics that was asked for. */
const COMBINATIONS_KEPT = 100;

type Render<T> = (paper: Paper, texts: Texts, topics?: readonly string[]) => T;

/**
 * Remembers what was made of a paper for as long as that paper itself is in use: most destinations get the same papers
 * with the same topics and in the same language, at the same time. What is made must not be changed.
 */
export function rememberByPaper<T extends object | string>(render: Render<T>): Render<T> {
  const made = new WeakMap<Paper, Map<string, T>>();
  return (paper, texts, topics = []) => {
    const ofPaper = made.get(paper) ?? new Map<string, T>();
    made.set(paper, ofPaper);
    const key = [texts.language, ...topics].join('\n');
    const known = ofPaper.get(key);
    if (known !== undefined) return known;
    const fresh = render(paper, texts, topics);
    if (ofPaper.size < COMBINATIONS_KEPT) ofPaper.set(key, fresh);
    return fresh;
  };
}
