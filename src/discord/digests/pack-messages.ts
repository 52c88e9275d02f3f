import type { DigestEntry } from '../../digest/choose.ts';

/** A paper as a card or as a line. */
export interface PackedPaper {
  readonly entry: DigestEntry;
  readonly form: 'card' | 'line';
  readonly text: string;
  /** Of a card that has to make room for others. */
  readonly shortText: string;
}

interface Size {
  /** Components, or embeds. */
  readonly parts: number;
  /** UTF-16 code units. */
  readonly text: number;
  /** As Discord stores it. */
  readonly bytes: number;
}

/**
 * What papers may take of a message. Of Components V2 Discord takes 40 and 4,000 characters, and answers 500 above
 * 10,170 bytes, where each text counts 12 more: https://github.com/discord/discord-api-docs/issues/8554. A box, a
 * heading, a picture, the line above the list, a mention, a menu and its row come on top. Of embeds it takes ten, one of which has all lines.
 */
const LIMITS = {
  layout: { parts: 33, text: 3850, bytes: 9300 },
  embeds: { parts: 9, text: 3850, bytes: Infinity },
} as const;
type Look = keyof typeof LIMITS;
/** A menu offers so many. */
const PAPERS = 25;
/** A section, its text, a button or a picture beside it, and a separator. */
const CARD_PARTS = 4;
const TEXT_BYTES = 12;
/** Such as `**12.** ` and the break after it. */
const NUMBER = 9;

/**
 * The papers in order, in as few messages as they fit. Where one does not do, the list has messages of its own, unless
 * the cards need more than one themselves.
 */
export function packMessages(
  papers: readonly PackedPaper[],
  look: Look,
): readonly (readonly PackedPaper[])[] {
  if (papers.length === 0) return [];
  const whole = papers.map((paper) => measurePaper(paper, paper.text, look));
  if (papers.length <= PAPERS && isWithin(whole.reduce(add, NOTHING), look)) return [papers];
  const cards = papers.filter(({ form }) => form === 'card');
  const lines = papers.filter(({ form }) => form === 'line');
  const ofCards = packInOrder(cards, look);
  return ofCards.length > 1 ? packInOrder(papers, look) : [...ofCards, ...packInOrder(lines, look)];
}

const NOTHING: Size = { parts: 0, text: 0, bytes: 0 };

function packInOrder(papers: readonly PackedPaper[], look: Look): readonly (readonly PackedPaper[])[] {
  const pages: PackedPaper[][] = [];
  let used = NOTHING;
  for (const paper of papers) {
    const page = pages.at(-1);
    const size = measurePaper(paper, paper.shortText, look);
    const together = add(used, size);
    if (page !== undefined && page.length < PAPERS && isWithin(together, look)) {
      page.push(paper);
      used = together;
    } else {
      pages.push([paper]);
      used = size;
    }
  }
  return pages;
}

function measurePaper({ form }: PackedPaper, text: string, look: Look): Size {
  const isCard = form === 'card';
  return {
    parts: look === 'layout' ? (isCard ? CARD_PARTS : 1) : Number(isCard),
    text: text.length + NUMBER,
    bytes: Buffer.byteLength(text) + NUMBER + TEXT_BYTES,
  };
}

function add(one: Size, other: Size): Size {
  return {
    parts: one.parts + other.parts,
    text: one.text + other.text,
    bytes: one.bytes + other.bytes,
  };
}

function isWithin({ parts, text, bytes }: Size, look: Look): boolean {
  const limits = LIMITS[look];
  return parts <= limits.parts && text <= limits.text && bytes <= limits.bytes;
}
