import { expect, it } from 'vitest';
import { z } from 'zod';
import { readNotice } from '../../../chaos/readers/read-notice.ts';
import { PAPER_EVENTS } from '../../../src/papers/paper-event.ts';
import { renderNotice } from '../../../src/discord/digests/render-notice.ts';
import { DEFAULT_LOCALE, textsFor } from '../../../src/discord/texts/texts.ts';
import { buildPaper } from '../../support/build-paper.ts';

it('reads what a notice tells, as the bot writes it', () => {
  const paper = buildPaper({
    id: '2605.00001',
    title: 'A [strange](https://example.com) title',
    upvotes: 123,
  });
  const view = {
    kind: 'notice' as const,
    deliveryId: 'd1',
    n: 0,
    paperId: paper.id,
    events: [...PAPER_EVENTS],
  };
  const payload = renderNotice(view, paper, textsFor(DEFAULT_LOCALE));

  expect(readNotice(z.object({ content: z.string() }).parse(payload).content)).toEqual({
    paperId: paper.id,
    events: PAPER_EVENTS,
    upvotes: 123,
  });
});

it('takes no digest for a notice, and tells a line that nobody knows', () => {
  expect(readNotice('Mon 4 May\n[A title](https://huggingface.co/papers/2605.00001)')).toBeUndefined();
  expect(
    readNotice('News about [A title](https://huggingface.co/papers/2605.00001):\n- It moved.'),
  ).toMatchObject({ events: ['- It moved.'] });
});
