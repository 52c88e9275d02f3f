import type { Promise } from '../promise.ts';

export const TOLD_OTHERS: Promise = {
  figure: 'told_others',
  sentence: 'No answer names a channel of another server, or one that the person may not see.',
  check: ({ history }) =>
    history.answers.flatMap(({ userId, channelId, hidden }) =>
      hidden.map((id) => ({ channelId, about: `person ${userId} was told of channel ${id}` })),
    ),
};
