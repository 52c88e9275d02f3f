/** NULL where no paper was listed yet. */
const NEWEST = 'julianday((SELECT max(list_day) FROM papers))';

/**
 * What a paper's score is multiplied by: at most a twentieth more for votes and newness, so that neither pushes a
 * clearly better match down.
 */
export const PRIOR = `(1
  + 0.03 * upvotes / (upvotes + 30.0)
  + coalesce(0.02 / (1 + (${NEWEST} - julianday(coalesce(list_day, published_on))) / 365), 0))`;
