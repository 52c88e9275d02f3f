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
  const whole = readWorks(text, format);
  if (whole !== undefined) return whole.slice(0, most);
  return format === 'bibtex' ? readEntries(text)?.slice(0, most) : undefined;
}

function readWorks(text: string, format: keyof typeof TYPES): readonly Reference[] | undefined {
  try {
    const works: unknown = plugins.input.chain(text.replaceAll(EPRINT, '$1library ='), {
      forceType: TYPES[format],
      generateGraph: false,
    });
    return CslWorks.parse(works).map(({ title, DOI, URL: url, number, keyword, note, ...work }) => ({
      names: [DOI, work['call-number'], number, url, work['container-title']].filter((name) => name !== ''),
      title,
      tags: keyword.split(','),
      ...(note === '' ? {} : { note }),
    }));
  } catch {
    return undefined;
  }
}

const MACRO = /^\s*@string\b/i;
const NO_WORK = /^\s*@(?:string|comment|preamble)\b/i;

/** Entry by entry: one that cannot be read is named as it stands. Undefined where none can be read. */
function readEntries(text: string): readonly Reference[] | undefined {
  const entries = text.split(/^(?=[ \t]*@\w)/m);
  const macros = entries.filter((entry) => MACRO.test(entry)).join('');
  const works = entries.filter((entry) => /^\s*@/.test(entry) && !NO_WORK.test(entry));
  const found = works.map((entry) => readWorks(macros + entry, 'bibtex'));
  if (found.every((one) => one === undefined)) return undefined;
  return found.flatMap((one, index) => one ?? { names: [works[index]?.trim() ?? ''], title: '', tags: [] });
}
