import type { PaperArchive } from '../papers/paper-archive.ts';
import type { ArchivedPaper } from '../papers/paper.ts';
import { plainText } from '../papers/plain-text.ts';
import type { PaperSearch } from './paper-search.ts';
import { splitWords } from './query/fold-text.ts';
import { allOf, type Query } from './query/query.ts';
import type { SourceSearch } from './source-search.ts';
import type { Asker } from './source-shares.ts';

export interface TitledPapers {
  /** The one paper that is called as was typed. */
  readonly meant?: ArchivedPaper;
  /** Papers that come near, best first. */
  readonly near: readonly ArchivedPaper[];
  /** The source was not asked, or in vain: it may know the paper. */
  readonly isUnasked?: boolean;
}

interface FindTitledParts {
  readonly search: Pick<PaperSearch, 'search'>;
  readonly archive: Pick<PaperArchive, 'paper'>;
  readonly sourceSearch: SourceSearch;
}

const READ = 20;
/** The longest title of ten thousand has 30. */
const MOST_WORDS = 40;

/**
 * The papers that a typed title may mean. The source is asked where none of the archive is called so. Raises
 * `StorageError`, `query-too-slow` and `search-busy`.
 */
export async function findTitled(text: string, parts: FindTitledParts, asker?: Asker): Promise<TitledPapers> {
  const words = splitWords(plainText(text)).slice(0, MOST_WORDS);
  if (words.length === 0) return { near: [] };
  const query: Query = allOf(words.map((word) => ({ kind: 'word', word })));
  const { strict, close } = await parts.search.search({ query, sort: 'relevance' });
  const known = [...strict.slice(0, READ), ...close.slice(0, READ)];
  const near = readPapers(known, parts);
  const meant = onlyOneCalled(words, near);
  if (meant !== undefined) return { meant, near };

  const answer = await parts.sourceSearch.find(words.join(' '), asker);
  const found = typeof answer === 'string' ? [] : answer;
  const all = readPapers([...new Set([...known, ...found])], parts);
  const beyond = onlyOneCalled(words, all);
  if (beyond !== undefined) return { meant: beyond, near: all };
  return { near: all, isUnasked: typeof answer === 'string' };
}

function readPapers(ids: readonly string[], { archive }: FindTitledParts): readonly ArchivedPaper[] {
  return ids.flatMap((id) => archive.paper(id) ?? []);
}

/**
 * By the whole title, else by what stands before or behind its colon, wherever the words are parted: `deepseek r1` for
 * `DeepSeek-R1: Incentivizing …`.
 */
function onlyOneCalled(
  words: readonly string[],
  papers: readonly ArchivedPaper[],
): ArchivedPaper | undefined {
  const typed = words.join('');
  const isCalled = (title: string): boolean => splitWords(title).join('') === typed;
  const whole = papers.filter(({ title }) => isCalled(title));
  const called = whole.length > 0 ? whole : papers.filter(({ title }) => partsOf(title).some(isCalled));
  return called.length === 1 ? called[0] : undefined;
}

function partsOf(title: string): readonly string[] {
  const [name = '', ...more] = title.split(/:\s/u);
  return [name, more.join(': ')];
}
