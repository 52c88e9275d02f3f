import { inEachPlace, type Promise } from '../promise.ts';

export const LOST: Promise = {
  figure: 'lost',
  sentence:
    'Every paper that a topic asks for comes, and so do all news of followed papers, and a roundup of each week that had papers.',
  check: inEachPlace(({ history }, { debts, messages }) => [
    ...debts
      .filter(({ cameAt }) => cameAt === undefined)
      .map(
        ({ what, deadline }) =>
          `${what}, due by ${new Date(history.timeline.virtualAt(deadline)).toISOString()}`,
      ),
    // A menu that offers a paper counts it as one that came.
    ...messages.flatMap(({ controls, papers, deliveryId }) =>
      controls
        .filter(({ name, target }) => name === 'card-menu' && papers.every(({ id }) => id !== target))
        .map(({ target }) => `${target}, which is only in the menu of ${deliveryId}`),
    ),
  ]),
};
