/** Languages that are written with spaces, and whose words have endings. */
export type SpacedLanguage = 'ru' | 'de' | 'fr' | 'es' | 'pt';

/** What is left of a word bears its meaning. */
const SHORTEST = 4;
const SHORTEST_RUSSIAN = 3;

type Rule = readonly [ending: RegExp, instead: string];

/** Of folded words; the first rule that fits is applied, then the last one, which is for every word. */
const RULES: Readonly<Record<Exclude<SpacedLanguage, 'ru'>, readonly Rule[]>> = {
  de: [[/(?:ern|en|er|es|em|e|n|s)$/, '']],
  fr: [
    [/aux$/, 'al'],
    [/(?:ives?|ifs)$/, 'if'],
    [/(?:elles?|els)$/, 'el'],
    [/e?e?s?$/, ''],
  ],
  es: [
    [/ciones$/, 'cion'],
    [/(?:os|as|es|o|a|e|s)$/, ''],
  ],
  pt: [
    [/coes$/, 'cao'],
    [/ao$/, 'ao'],
    [/ais$/, 'al'],
    [/eis$/, 'el'],
    [/ens$/, 'em'],
    [/(?:os|as|es|o|a|e|s)$/, ''],
  ],
};

/** Endings of Russian nouns and adjectives, without the breve of й, which folding takes off. */
const RUSSIAN =
  /(?:иями|ями|ами|ого|его|ому|ему|ыми|ими|иях|ием|еи|ии|ои|ыи|ая|яя|ую|юю|ое|ее|ые|ие|ых|их|ым|им|ом|ем|ах|ях|ам|ям|ов|ев|ия|ию|ью|а|я|о|е|ы|и|у|ю|ь)$/;

/** A folded word without its ending, so that its plural and its cases are one. */
export function stemWord(word: string, language: SpacedLanguage): string {
  if (language === 'ru') return cutEnding(word, [RUSSIAN, ''], SHORTEST_RUSSIAN);
  const rule = RULES[language].find(([ending]) => ending.test(word));
  return rule === undefined ? word : cutEnding(word, rule, SHORTEST);
}

function cutEnding(word: string, [ending, instead]: Rule, shortest: number): string {
  const cut = word.replace(ending, instead);
  return cut.length < shortest ? word : cut;
}
