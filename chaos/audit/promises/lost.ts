import { inEachPlace, type Promise } from '../promise.ts';

export const LOST: Promise = {
  figure: 'lost',
  sentence: 'Every paper that a topic asks for comes, and so do all news of followed papers.',
  check: inEachPlace(({ history }, { debts }) =>
    debts
      .filter(({ cameAt }) => cameAt === undefined)
      .map(
        ({ what, deadline }) =>
          `${what}, due by ${new Date(history.timeline.virtualAt(deadline)).toISOString()}`,
      ),
  ),
};
