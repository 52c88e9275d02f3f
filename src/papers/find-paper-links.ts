import { parsePaperId } from './parse-paper-id.ts';

/** Anything that may be an address; `parsePaperId` decides. */
const LINK =
  /(?:https?:\/\/)?(?:[a-z-]+\.)*(?:arxiv\.org|huggingface\.co|hf\.co|alphaxiv\.org)\/[^\s<>()[\]"'|*]+/giu;
const TRAILING = /[.,;:!?…]+$/u;

/** The papers that a text links to on arXiv, Hugging Face or alphaXiv, each once, in order. */
export function findPaperLinks(text: string): readonly string[] {
  const links = text.match(LINK) ?? [];
  const ids = links.map((link) => parsePaperId(link.replace(TRAILING, '')));
  return [...new Set(ids.filter((id) => id !== undefined))];
}
