import type { SavedPaper } from '../papers/saved-papers.ts';
import type { PaperSearch } from './paper-search.ts';
import { splitWords } from './query/fold-text.ts';
import { leavesOf, type Query, type Term } from './query/query.ts';

type Leaf = ReturnType<typeof leavesOf>[number];

/** What a person wrote beside a paper, as words; those of different tags are apart. */
type Annotation = readonly (readonly string[])[];

type SearchTools = Pick<PaperSearch, 'matchAmong' | 'formsOf'>;

/**
 * The saved papers that strictly match a query, where words without a field may also stand in notes and tags. Raises as
 * `PaperSearch` does.
 */
export async function searchSaved(
  query: Query,
  saved: readonly SavedPaper[],
  search: SearchTools,
): Promise<readonly SavedPaper[]> {
  const leaves = leavesOf(query);
  const finders = leaves.map((leaf) => ({ leaf, stands: createFinder(leaf, search) }));
  const beside = new Map<string, ReadonlySet<Leaf>>();
  for (const one of saved) {
    const texts = readAnnotation(one);
    const found = finders.filter(({ stands }) => stands(texts)).map(({ leaf }) => leaf);
    if (found.length > 0) beside.set(one.paperId, new Set(found));
  }
  const idsOf = (papers: readonly SavedPaper[]) => papers.map(({ paperId }) => paperId);
  const [whole = []] = await search.matchAmong([query], idsOf(saved));
  const matches = new Set(whole.map(({ id }) => id));
  // Where a word stands in a note, each part of the query is asked for by itself.
  const parts = beside.size === 0 ? [] : await search.matchAmong(leaves, [...beside.keys()]);
  const partsOf = new Map(leaves.map((leaf, index) => [leaf, new Set(parts[index]?.map(({ id }) => id))]));
  return saved.filter(({ paperId: id }) => {
    const own = beside.get(id);
    const has = (leaf: Leaf) => own?.has(leaf) === true || partsOf.get(leaf)?.has(id) === true;
    return own === undefined ? matches.has(id) : isMatch(query, has);
  });
}

function isMatch(query: Query, has: (leaf: Leaf) => boolean): boolean {
  if (query.kind === 'every') return true;
  if (query.kind === 'and') return query.parts.every((part) => isMatch(part, has));
  if (query.kind === 'or') return query.parts.some((part) => isMatch(part, has));
  return query.kind === 'not' ? !isMatch(query.part, has) : has(query);
}

function readAnnotation({ note = '', tags = [] }: SavedPaper): Annotation {
  return [note, ...tags].map(splitWords).filter((words) => words.length > 0);
}

/** Whether a leaf stands in an annotation. */
function createFinder(leaf: Leaf, { formsOf }: SearchTools): (texts: Annotation) => boolean {
  if (leaf.kind === 'word' && leaf.field === undefined) {
    const forms = formsOf(leaf.word);
    return (texts) => texts.some((words) => words.some((word) => forms.includes(word)));
  }
  if (leaf.kind === 'phrase' && leaf.field === undefined) {
    return (texts) => texts.some((words) => hasPhrase(words, leaf));
  }
  return () => false;
}

function hasPhrase(
  words: readonly string[],
  { words: wanted, open }: Extract<Term, { kind: 'phrase' }>,
): boolean {
  return words.some((_, from) =>
    wanted.every((word, index) => {
      const there = words[from + index];
      return open && index === wanted.length - 1 ? there?.startsWith(word) : there === word;
    }),
  );
}
