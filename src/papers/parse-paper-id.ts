const ID = /^(\d{4}\.\d{4,5})(?:v\d+)?$/;
const LINK =
  /^(?:https?:\/\/)?(?:www\.|export\.)?(?:arxiv\.org\/(?:abs|pdf|html)|(?:huggingface\.co|hf\.co)\/papers|alphaxiv\.org\/abs)\/(\d{4}\.\d{4,5})(?:v\d+)?(?:\.pdf)?\/?(?:[?#].*)?$/i;

/** The arXiv id in an id or an arXiv or Hugging Face link, without its version; undefined for anything else. */
export function parsePaperId(text: string): string | undefined {
  const words = text
    .trim()
    .replace(/^<(.*)>$/, '$1')
    .replace(/^arxiv:\s*/i, '');
  return ID.exec(words)?.[1] ?? LINK.exec(words)?.[1];
}
