import { inEachPlace, type Promise } from '../promise.ts';

export const UNANSWERED: Promise = {
  figure: 'unanswered',
  sentence: 'Whoever gives a command again and again is answered.',
  check: inEachPlace((_, { destination }) =>
    Array.from({ length: destination.unanswered }, () => 'a command was never answered'),
  ),
};
