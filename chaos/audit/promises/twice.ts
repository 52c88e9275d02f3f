import { nameNews } from '../evidence/followed-papers.ts';
import { nameRoundup } from '../evidence/roundups.ts';
import { mayComeAgain } from '../evidence/repeats.ts';
import type { Evidence } from '../evidence/evidence.ts';
import type { PlaceEvidence } from '../evidence/place.ts';
import type { PostedMessage } from '../shown.ts';
import { inEachPlace, type Promise } from '../promise.ts';

export const TWICE: Promise = {
  figure: 'twice',
  sentence: 'No paper comes to a place twice, but in a roundup; no piece of news, and no roundup.',
  check: inEachPlace((evidence, place) => findRepeats(evidence, place, { isBlind: false })),
};

export const TWICE_BLIND: Promise = {
  figure: 'twice_blind',
  sentence:
    'Where the bot cannot read history, a paper whose answer was lost may come again, rather than never.',
  isTolerated: true,
  check: inEachPlace((evidence, place) => findRepeats(evidence, place, { isBlind: true })),
};

/** What stands there twice; `isBlind` for where the bot could not know, else for everywhere else. */
function findRepeats(
  { history }: Evidence,
  { destination, messages, notices, roundups }: PlaceEvidence,
  { isBlind }: { readonly isBlind: boolean },
): readonly string[] {
  const seen = new Map<string, PostedMessage>();
  const told = notices.map((message) => ({
    message,
    ids: message.notice.events.map((event) => nameNews(message.notice.paperId, event)),
  }));
  const shown = messages.map((message) => ({ message, ids: message.papers.map(({ id }) => id) }));
  const roundedUp = roundups.map((message) => ({ message, ids: [nameRoundup(message.roundup.until)] }));
  return [...shown, ...told, ...roundedUp].flatMap(({ message, ids }) =>
    ids.flatMap((id) => {
      const before = seen.get(id);
      seen.set(id, message);
      if (before === undefined || mayComeAgain(history, destination, before) !== isBlind) return [];
      return [`${id}, in ${before.deliveryId} and ${message.deliveryId}`];
    }),
  );
}
