import type { Promise } from '../promise.ts';

export const UNANSWERED: Promise = {
  figure: 'unanswered',
  sentence: 'Whoever gives a command again and again is answered.',
  check: ({ history: { destinations, groups } }) =>
    [...destinations, ...groups].flatMap(({ channelId, unanswered }) =>
      Array.from({ length: unanswered }, () => ({ channelId, about: 'a command was never answered' })),
    ),
};
