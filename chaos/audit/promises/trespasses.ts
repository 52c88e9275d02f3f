import type { Promise } from '../promise.ts';

export const TRESPASSES: Promise = {
  figure: 'trespasses',
  sentence: 'Who may not manage a place changes nothing there, and what somebody saves is theirs alone.',
  check: ({ history }) => history.trespasses.map((about) => ({ about })),
};
