import type { Promise } from '../promise.ts';

export const OVER_LIMIT: Promise = {
  figure: 'over_limit',
  sentence: 'Every message is within the limits that Discord documents.',
  check: ({ history }) =>
    history.messages.flatMap(({ channelId, deliveryId, step, problems }) =>
      problems.map((problem) => ({ channelId, about: `${problem}, in step ${step} of ${deliveryId}` })),
    ),
};
