/** Words of a sentence that say little of what it is about. A title of them alone is found all the same. */
const LITTLE_WORDS = new Set(
  (
    'a about after all also am an and any are as at be been being but by can could did do does for from had has have ' +
    'having how i if in into is it its just like may me might more most much my no not of on one ones only or other our ' +
    'out over should so some such than that the their them then there these they this those to too up us very was way we ' +
    'well were what when where which while who why will with without would you your'
  ).split(' '),
);

export function isLittle(word: string): boolean {
  return LITTLE_WORDS.has(word);
}
