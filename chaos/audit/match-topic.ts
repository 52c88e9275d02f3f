/**
 * A matcher of its own, as naive as can be, so that a mistake in the bot's is not repeated: words, "phrases", NOT, OR
 * and upvotes>=, exact for those topics only that the run uses.
 */
export function matchTopic(
  query: string,
  paper: { readonly text: string; readonly upvotes: number },
): boolean {
  const text = ` ${foldWords(paper.text)} `;
  return query
    .split(' OR ')
    .some((part) => part.split(/ (?:AND )?(?=(?:[^"]*"[^"]*")*[^"]*$)/).every(readTerms()));

  function readTerms(): (term: string) => boolean {
    let negated = false;
    return (term) => {
      if (term === 'NOT') {
        negated = true;
        return true;
      }
      const isMatch = matchTerm(term) !== negated;
      negated = false;
      return isMatch;
    };
  }

  function matchTerm(term: string): boolean {
    if (term === '') return true;
    const least = /^upvotes>=(\d+)$/.exec(term)?.[1];
    if (least !== undefined) return paper.upvotes >= Number(least);
    return text.includes(` ${foldWords(term)} `);
  }
}

function foldWords(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .join(' ');
}
