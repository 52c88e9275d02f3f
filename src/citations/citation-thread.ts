import { plugins } from '@citation-js/core';
import type { CitationFormat, CitedPaper, Reference } from '../papers/citations.ts';
import { citePaper, printBibtex, printRis } from './cite.ts';
import { CslWorks } from './schema.ts';

// They add themselves to `plugins`.
await Promise.all([import('@citation-js/plugin-bibtex'), import('@citation-js/plugin-ris')]);

/** What the thread is asked: formatting five thousand papers takes seconds, and a file of others may take for ever. */
export function write({
  papers,
  format,
}: {
  readonly papers: readonly CitedPaper[];
  readonly format: CitationFormat;
}): string {
  const items = papers.map(citePaper);
  if (format === 'bibtex') return printBibtex(items);
  return format === 'ris' ? printRis(items) : `${JSON.stringify(items)}\n`;
}

const TYPES = { bibtex: '@biblatex/text', ris: '@ris/file' } as const;

/** plugin-bibtex reads no `eprint`, and of every entry the little-used `library`, as `call-number`. */
const EPRINT = /([,{\s])eprint\s*=/gi;

/** Undefined for what is no such file. */
export function read({
  text,
  format,
  most,
}: {
  readonly text: string;
  readonly format: keyof typeof TYPES;
  readonly most: number;
}): readonly Reference[] | undefined {
  let works: unknown;
  try {
    works = plugins.input.chain(text.replaceAll(EPRINT, '$1library ='), {
      forceType: TYPES[format],
      generateGraph: false,
    });
  } catch {
    return undefined;
  }
  return CslWorks.parse(works)
    .slice(0, most)
    .map(({ title, DOI, URL: url, number, keyword, note, ...work }) => ({
      names: [DOI, work['call-number'], number, url, work['container-title']].filter((name) => name !== ''),
      title,
      tags: keyword.split(','),
      ...(note === '' ? {} : { note }),
    }));
}
