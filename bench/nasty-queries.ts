const COMMON =
  'the of and to a in we that is for with on by this as our from are model which be can an data models these learning results it method'.split(
    ' ',
  );
const BEGINNINGS = 'con pro com int pre per mod dat lea gen res sta'.split(' ');
const MISSPELT =
  'mdoel lerning tranformer attnetion difusion optimizaton reinforcment genration langage retreival percption segmentaton'.split(
    ' ',
  );
const LENGTH = 300;

/** What somebody may type who means ill, or just much: some of it is refused, all of it must be answered. */
export const NASTY_QUERIES: readonly string[] = [
  'a* b* c* d* e* f* g* h* i* j* k* l* m* n* o* p* q* r* s* t*',
  BEGINNINGS.map((word) => `${word}*`).join(' '),
  BEGINNINGS.slice(0, 10)
    .map((word) => `${word}*`)
    .join(' OR '),
  'con* '.repeat(10),
  COMMON.join(' '),
  COMMON.join(' OR ').slice(0, LENGTH),
  COMMON.map((word) => `-${word}`).join(' '),
  `${'('.repeat(20)}the${')'.repeat(20)}`,
  '('.repeat(LENGTH),
  `"${'of the '.repeat(30)}"`,
  'a-'.repeat(60),
  MISSPELT.join(' '),
  Array.from({ length: 25 }, (_, at) => `qzxw${String.fromCharCode(97 + at)}kjhg`).join(' '),
  COMMON.slice(0, 10)
    .map((word) => `(${word} upvotes>1) OR -${word}`)
    .join(' OR ')
    .slice(0, LENGTH),
  'title:(the OR a) abstract:(of OR and) keyword:learning author:wei org:google submitter:akhaliq upvotes>=0',
  'SELECT * FROM papers; -- " OR NEAR(the, 10)',
  '"* "* "*',
  '日本語 модель 😀 \u0000 \u202e',
  'the',
  '',
];
