import { SourceError } from '../../src/errors.ts';
import type { Paper } from '../../src/papers/paper.ts';
import type { CommandContext } from '../context.ts';
import { findPaper, refreshPaper } from '../papers/find-paper.ts';

/**
 * A paper with what has come to it until now: that is not told to those who follow it from now on. Raises
 * `paper-not-found`, and `SourceError` where nobody knows what is linked to the paper.
 */
export async function readFacts(paperId: string, context: CommandContext): Promise<Paper> {
  const paper = await refreshPaper(await findPaper(paperId, context), context);
  if (paper.links === undefined) throw new SourceError('Hugging Face', 'network');
  return paper;
}
