interface Texts {
  readonly text: string;
  /** Of authors and organizations: no plurals. */
  readonly names: string;
  readonly upvotes: number;
}

const SPACE_OUTSIDE_QUOTES = / (?=(?:[^"]*"[^"]*")*[^"]*$)/;

/**
 * A matcher of its own, as naive as can be, so that a mistake in the bot's is not repeated: words with or without a
 * plural s, "phrases", NOT, OR and upvotes>=. It is exact for the topics that the run uses, and for few others.
 */
export function matchTopic(query: string, paper: Texts): boolean {
  const text = foldWords(paper.text);
  const names = foldWords(paper.names);
  return query.split(' OR ').some((part) => {
    const terms = part.split(SPACE_OUTSIDE_QUOTES).filter((term) => term !== '');
    return terms.every((term, index) => {
      if (term === 'NOT') return true;
      return matchTerm(term, { text, names, upvotes: paper.upvotes }) !== (terms[index - 1] === 'NOT');
    });
  });
}

function matchTerm(term: string, { text, names, upvotes }: Texts): boolean {
  const least = /^upvotes>=(\d+)$/.exec(term)?.[1];
  if (least !== undefined) return upvotes >= Number(least);
  const folded = foldWords(term);
  if (text.includes(folded) || names.includes(folded)) return true;
  return !term.startsWith('"') && text.includes(`${folded.trimEnd()}s `);
}

/** Words in small letters and without accents, each between single spaces. */
function foldWords(text: string): string {
  const words = text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u);
  return ` ${words.filter((word) => word !== '').join(' ')} `;
}
