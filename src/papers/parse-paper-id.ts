import { plainText } from './plain-text.ts';

const ID = /^(\d{4}\.\d{4,5})(?:v\d+)?$/;
const LINK =
  /^(?:https?:\/\/)?(?:www\.|export\.)?(?:arxiv\.org\/(?:abs|pdf|html)|(?:huggingface\.co|hf\.co)\/papers|alphaxiv\.org\/(?:abs|overview|pdf))\/(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?\/?(?:[?#].*)?$/i;
/** https://info.arxiv.org/help/doi.html */
const DOI = /^(?:https?:\/\/(?:dx\.)?doi\.org\/)?10\.48550\/arxiv\./i;
/** Anything that may be an address, and is not the end of another host's name; `parsePaperId` decides. */
const ADDRESS =
  /(?<![a-z\d][-.]?)(?:www\.|export\.)?(?:arxiv\.org|huggingface\.co|hf\.co|alphaxiv\.org)\/[^\s<>()[\]"'|*]+/giu;
/** It begins where its run does: tried from each place within, a long run would take minutes. */
const TRAILING = /(?<![.,;:!?…])[.,;:!?…]+$/u;

/** The arXiv id in an id, a DOI of arXiv's, or an arXiv or Hugging Face link, without its version; undefined for anything else. */
export function parsePaperId(text: string): string | undefined {
  const words = plainText(text)
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .replace(/^arxiv:\s*/i, '')
    .replace(DOI, '');
  return ID.exec(words)?.[1] ?? LINK.exec(words)?.[1];
}

/** The papers that a text links to on arXiv, Hugging Face or alphaXiv, each once, in order. */
export function findPaperLinks(text: string): readonly string[] {
  const links = text.match(ADDRESS) ?? [];
  const ids = links.map((link) => parsePaperId(link.replace(TRAILING, '')));
  return [...new Set(ids.filter((id) => id !== undefined))];
}
