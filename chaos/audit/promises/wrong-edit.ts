import { HOUR_MS } from '../calendar.ts';
import type { Evidence } from '../evidence/evidence.ts';
import { wasClockWrong } from '../evidence/wrong-clock.ts';
import type { PostedMessage } from '../shown.ts';
import { inEachPlace, type Promise } from '../promise.ts';
import { EDITED_FOR_MS } from '../rules.ts';

/** Real: an edit waits for its turn for so long, and the machine may sleep meanwhile. */
const UNDER_WAY_MS = 20_000;

export const WRONG_EDIT: Promise = {
  figure: 'wrong_edit',
  sentence: 'For three days an edit brings newer numbers, and leaves the papers of a message as they are.',
  check: inEachPlace((evidence, { messages, notices }) => [
    ...messages.flatMap((message) =>
      judge(evidence, message).map(
        (problem) => `${problem} in step ${message.step} of ${message.deliveryId}`,
      ),
    ),
    ...notices
      .filter(({ edits }) => edits.length > 0)
      .map(({ deliveryId }) => `an edit of the news ${deliveryId}`),
  ]),
};

function judge({ history }: Evidence, message: PostedMessage): readonly string[] {
  const key = keyOf(message);
  const { timeline } = history;
  const postedAt = timeline.virtualAt(message.at);
  return message.edits.flatMap(({ at, shows }) => [
    ...(shows === undefined || keyOf(shows) === key ? [] : [`${keyOf(shows)} in place of ${key}`]),
    ...(timeline.virtualAt(at - UNDER_WAY_MS) - postedAt > EDITED_FOR_MS + HOUR_MS &&
    !wasClockWrong(history, message.at, at)
      ? ['an edit after three days']
      : []),
  ]);
}

/** What no edit may change. */
function keyOf({
  deliveryId,
  step,
  papers,
  heading,
}: Pick<PostedMessage, 'deliveryId' | 'step' | 'papers' | 'heading'>): string {
  const shown = papers.map(({ id, number = '', form }) => `${form} ${number} ${id}`).join();
  const counted = heading?.covers === 'digest' ? `${heading.day} ${heading.papers} ${heading.earlier}` : '';
  return `${deliveryId} ${step} "${counted}" ${shown}`;
}
