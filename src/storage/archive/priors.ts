/**
 * What a paper's score is multiplied by: at most a twentieth more for votes and newness, so that neither pushes a
 * clearly better match down.
 */
export const PRIOR = `(1
  + 0.03 * upvotes / (upvotes + 30.0)
  + 0.02 / (1 + (julianday((SELECT max(list_day) FROM papers)) - julianday(coalesce(list_day, published_on))) / 365))`;
