import { inEachPlace, type Promise } from '../promise.ts';

export const OVER_LIMIT: Promise = {
  figure: 'over_limit',
  sentence: 'Every message is within the limits that Discord documents.',
  check: inEachPlace((_, { messages, notices, roundups }) =>
    [...messages, ...notices, ...roundups].flatMap(({ deliveryId, step, problems }) =>
      problems.map((problem) => `${problem}, in step ${step} of ${deliveryId}`),
    ),
  ),
};
