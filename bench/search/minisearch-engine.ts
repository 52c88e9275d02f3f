import MiniSearch, { type Options } from 'minisearch';
import type { Paper } from '../../src/papers/paper.ts';
import type { Engine } from './engine.ts';

const FIELDS = ['title', 'abstract', 'summary', 'keywords', 'authors', 'organization'];
const FORGIVING = { fuzzy: 0.2, prefix: true, boost: { title: 4, keywords: 2, authors: 2 } };

/** Plain, or as its makers advise for people who type: fuzzy, with prefixes and boosts. */
export function createMiniSearchEngine(how: 'plain' | 'forgiving'): Engine {
  const options: Options<Paper> = {
    fields: FIELDS,
    extractField: extractText,
    ...(how === 'forgiving' ? { searchOptions: FORGIVING } : {}),
  };
  const index = new MiniSearch<Paper>(options);
  return {
    add: (papers) => index.addAll(papers),
    search: async (text) => index.search(text).map(({ id }) => String(id)),
    close: async () => undefined,
  };
}

function extractText(paper: Paper, field: string): string {
  if (field === 'id') return paper.id;
  if (field === 'title') return paper.title;
  if (field === 'abstract') return paper.abstract;
  if (field === 'summary') return paper.summary ?? '';
  if (field === 'keywords') return paper.keywords.join(' | ');
  if (field === 'authors') return paper.authors.join(' | ');
  return paper.organization === undefined ? '' : `${paper.organization.slug} ${paper.organization.name}`;
}
