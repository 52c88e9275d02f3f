import { parse } from '@citation-js/name';
import type { CitedPaper } from '../papers/citations.ts';

/** As CSL has names: https://docs.citationstyles.org/en/stable/specification.html#names */
type CslName =
  | { readonly literal: string }
  | {
      readonly family: string;
      readonly given: string;
      readonly 'non-dropping-particle'?: string;
      readonly suffix?: string;
    };

interface CslItem {
  readonly id: string;
  readonly type: 'article';
  readonly title: string;
  readonly author: readonly CslName[];
  readonly issued: { readonly 'date-parts': readonly [readonly number[]] };
  readonly abstract: string;
  readonly DOI: string;
  readonly URL: string;
  readonly number: string;
  readonly publisher: 'arXiv';
  readonly keyword?: string;
  readonly note?: string;
}

const LITTLE_WORDS: ReadonlySet<string> = new Set('a an the on of in for to and is'.split(' '));
const MONTHS = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];

/** A paper for reference managers. arXiv's DOIs: https://info.arxiv.org/help/doi.html */
export function citePaper({ paper, saved }: CitedPaper): CslItem {
  const { id, title, authors, abstract, publishedOn } = paper;
  const author = authors.map(splitName);
  const issued = publishedOn.split('-').map(Number);
  return {
    id: buildKey({ id, title, year: publishedOn.slice(0, 4), first: author[0] }),
    type: 'article',
    title,
    author,
    issued: { 'date-parts': [issued] },
    abstract,
    DOI: `10.48550/arXiv.${id}`,
    URL: `https://arxiv.org/abs/${id}`,
    number: `arXiv:${id}`,
    publisher: 'arXiv',
    ...(saved.tags === undefined ? {} : { keyword: saved.tags.join(',') }),
    ...(saved.note === undefined ? {} : { note: saved.note.replaceAll(/\s+/g, ' ').trim() }),
  };
}

const SUFFIX = /,?\s+(Jr\.?|Sr\.?|II|III|IV)$/i;
const TEAM = /\b(teams?|groups?|labs?|research|consortium|collaboration|project|AI|community)$/i;
const EAST_ASIAN = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;

/** A name as its owner writes it. One that cannot be split for sure stays whole. */
export function splitName(name: string): CslName {
  const suffix = SUFFIX.exec(name)?.[1];
  const rest = name.replace(SUFFIX, '').trim();
  if (!rest.includes(' ') || TEAM.test(rest) || rest.includes(',')) return { literal: name };
  if (EAST_ASIAN.test(rest)) {
    const [family = '', ...given] = rest.split(/\s+/);
    return { family, given: given.join(' ') };
  }
  const { family = '', given = '', 'non-dropping-particle': particle } = parse(rest);
  const isWhole = [given, particle, family].filter(Boolean).join(' ') === rest.replaceAll(/\s+/g, ' ');
  if (!isWhole || family === '' || given === '') return { literal: name };
  return {
    family,
    given,
    ...(particle === undefined ? {} : { 'non-dropping-particle': particle }),
    ...(suffix === undefined ? {} : { suffix }),
  };
}

/** Such as `vaswani2017attention-1706.03762`: whatever else is in a file, a paper has the same key, and no other has it. */
function buildKey({
  id,
  title,
  year,
  first,
}: {
  readonly id: string;
  readonly title: string;
  readonly year: string;
  readonly first: CslName | undefined;
}): string {
  const name = first === undefined ? '' : 'literal' in first ? first.literal : first.family;
  const word = toAscii(title)
    .split(/[^a-z0-9]+/)
    .find((one) => one.length > 1 && !LITTLE_WORDS.has(one));
  return `${toAscii(name).replaceAll(/[^a-z0-9]/g, '') || 'paper'}${year}${word ?? ''}-${id}`;
}

function toAscii(text: string): string {
  return text
    .normalize('NFD')
    .replaceAll(/[^\0-\x7f]/g, '')
    .toLowerCase();
}

/**
 * As BibTeX. Written here, since plugin-bibtex 0.8.2 drops what is not Latin, or with `asciiOnly: false` escapes nothing.
 * A title keeps its capitals by its second pair of braces.
 */
export function printBibtex(items: readonly CslItem[]): string {
  return items.map((item) => `${printEntry(item)}\n`).join('\n');
}

function printEntry(item: CslItem): string {
  const [[year, month = 1]] = item.issued['date-parts'];
  const fields: readonly (readonly [string, string])[] = [
    ['author', `{${item.author.map(printName).join(' and ')}}`],
    ['title', `{{${escapeTex(item.title)}}}`],
    ['year', `{${year}}`],
    ['month', MONTHS[month - 1] ?? 'jan'],
    ['eprint', `{${item.number.slice('arXiv:'.length)}}`],
    ['archiveprefix', '{arXiv}'],
    ['doi', `{${item.DOI}}`],
    ['url', `{${item.URL}}`],
    ['abstract', `{${escapeTex(item.abstract)}}`],
    ...(item.keyword === undefined ? [] : [['keywords', `{${escapeTex(item.keyword)}}`] as const]),
    ...(item.note === undefined ? [] : [['note', `{${escapeTex(item.note)}}`] as const]),
  ];
  const lines = fields.filter(([, value]) => value !== '{}').map(([name, value]) => `  ${name} = ${value}`);
  return `@misc{${item.id},\n${lines.join(',\n')}\n}`;
}

function printName(name: CslName): string {
  if ('literal' in name) return `{${escapeTex(name.literal)}}`;
  const { family, given, suffix, 'non-dropping-particle': particle } = name;
  const last = particle === undefined ? family : `${particle} ${family}`;
  return [last, suffix, given]
    .filter((part) => part !== undefined && part !== '')
    .map((part) => escapeTex(part ?? '').replaceAll(/\band\b/g, '{and}'))
    .join(', ');
}

const TEX: Readonly<Record<string, string>> = {
  '\\': '\\textbackslash{}',
  '~': '\\textasciitilde{}',
  '^': '\\textasciicircum{}',
  '{': '\\textbraceleft{}',
  '}': '\\textbraceright{}',
};

/** Whatever TeX would read as more than itself, dashes and quotes that it would join among it. */
function escapeTex(text: string): string {
  return text
    .replaceAll(/[\\~^{}$&#%_]/g, (character) => TEX[character] ?? `\\${character}`)
    .replaceAll(/([-'`,])(?=\1)/g, '$1{}');
}

/**
 * As RIS, a line for each field. Written here, since plugin-ris 0.8.2 cuts long lines within words.
 * https://en.wikipedia.org/wiki/RIS_(file_format)
 */
export function printRis(items: readonly CslItem[]): string {
  return items.map(printRecord).join('');
}

function printRecord(item: CslItem): string {
  const [date] = item.issued['date-parts'];
  const [year = 0, month = 1, day = 1] = date;
  const two = (part: number) => String(part).padStart(2, '0');
  const fields: readonly (readonly [string, string])[] = [
    ['TY', 'UNPB'],
    ['ID', item.id],
    ...item.author.map((name) => ['AU', spellName(name)] as const),
    ['TI', item.title],
    ['PY', String(year)],
    ['DA', `${year}/${two(month)}/${two(day)}`],
    ['PB', item.publisher],
    ['M1', item.number],
    ['DO', item.DOI],
    ['UR', item.URL],
    ['AB', item.abstract],
    ...(item.keyword?.split(',') ?? []).map((tag) => ['KW', tag] as const),
    ['N1', item.note ?? ''],
  ];
  const lines = fields.filter(([, value]) => value !== '').map(([name, value]) => `${name}  - ${value}\n`);
  return `${lines.join('')}ER  - \n\n`;
}

function spellName(name: CslName): string {
  if ('literal' in name) return name.literal;
  const { family, given, suffix, 'non-dropping-particle': particle } = name;
  return [particle === undefined ? family : `${particle} ${family}`, given, suffix]
    .filter(Boolean)
    .join(', ');
}
