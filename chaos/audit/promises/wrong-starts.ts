import type { Promise } from '../promise.ts';

export const WRONG_STARTS: Promise = {
  figure: 'wrong_starts',
  sentence: 'A second process, and one on a broken ledger, refuse to start, say why, and change nothing.',
  check: ({ history }) => history.wrongStarts.map((about) => ({ about })),
};
