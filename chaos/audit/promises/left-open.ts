import type { Promise } from '../promise.ts';
import { MOST_OPEN } from '../rules.ts';

export const LEFT_OPEN: Promise = {
  figure: 'left_open',
  sentence: 'A bot at rest has no more files and connections open than it needs.',
  check: ({ history: { openFiles } }) =>
    openFiles > MOST_OPEN ? [{ about: `${openFiles} files and connections at the end of the run` }] : [],
};
