import pluralize from 'pluralize';

/** Little words, whose plural is another word, and words that only look like a plural. They stand for themselves. */
const ALONE = new Set(
  (
    'a an as at be by do go he i if in is it me my no of on or our ours re she so that the them they this those thus to ' +
    'up us was we were who yes are has have had his hers its itself themselves myself ' +
    'new news len lens tts fps nas gas pas atlas canvas bias ios aws dns tls ' +
    'analytics dynamics economics ethics genetics graphics kinetics linguistics mathematics mechanics optics physics ' +
    'politics robotics semantics'
  ).split(' '),
);

pluralize.addIrregularRule('axis', 'axes');
pluralize.addIrregularRule('corpus', 'corpora');

/** The folded word itself, first, and its singular or plural. https://github.com/plurals/pluralize */
export function wordForms(word: string): readonly string[] {
  if (ALONE.has(word) || !/^[a-z0-9]*[a-z][a-z0-9]*$/.test(word)) return [word];
  const singular = pluralize.singular(word);
  const plural = pluralize.plural(singular);
  return [...new Set([word, singular, plural, pluralize.plural(word)])].filter(
    (form) => form === word || (!ALONE.has(form) && form.length > 1),
  );
}
