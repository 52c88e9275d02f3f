import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import type { Message } from '../../../playground/discord/state.ts';
import { readMessage } from '../../../chaos/readers/read-message.ts';
import {
  renderChosen,
  renderNominees,
  renderNothing,
  renderReminder,
} from '../../../src/discord/digests/render-meeting.ts';
import { DEFAULT_LOCALE, textsFor } from '../../../src/discord/texts/texts.ts';
import { buildPaper } from '../../support/build-paper.ts';

const STARTS = Date.UTC(2026, 5, 18, 16);
const TEXTS = textsFor(DEFAULT_LOCALE);
const PAPERS = [
  buildPaper({ id: '2605.00001', title: 'A [strange](https://example.com) title' }),
  buildPaper({ id: '2605.00002', title: 'The meeting is <t:1:f>' }),
] as const;
const IDS = PAPERS.map(({ id }) => id);
const MARK = { deliveryId: 'd1', n: 0 };
const Payload = z.object({
  content: z.string().default(''),
  flags: z.number().default(0),
  components: z.custom<Message['components']>(Array.isArray),
});

const read = (payload: unknown) => readMessage({ ...Payload.parse(payload), embeds: [] });
const about = { ...MARK, paperId: IDS[0] ?? '', startsAt: STARTS, presenterId: '7' };
const chosen = (how: 'poll' | 'only' | 'first' | 'picked' | 'saved', votes = {}) =>
  read(renderChosen({ kind: 'chosen', ...about, how, ...votes }, PAPERS[0], TEXTS)).meeting;

describe('what the bot writes of a meeting is read as people read it:', () => {
  it('those to choose from, with buttons or above a poll', () => {
    const view = { kind: 'nominees' as const, ...MARK, meetingId: 'm1', papers: IDS, startsAt: STARTS };
    const byPoll = read(renderNominees({ ...view, hours: 24 }, PAPERS, TEXTS));
    const byButtons = read(renderNominees({ ...view, closesAt: STARTS - 60_000 }, PAPERS, TEXTS));

    const nominees = { kind: 'nominees', startsAt: STARTS, paperIds: IDS };
    expect(byPoll).toMatchObject({ deliveryId: 'd1', papers: [], meeting: { ...nominees, hours: 24 } });
    expect(byButtons.meeting).toEqual({ ...nominees, closesAt: STARTS - 60_000 });
    const votes = byButtons.controls.filter(({ name }) => name === 'reading-vote');
    expect(votes.map(({ target }) => target)).toEqual(IDS);
  });

  it('the paper that is read, and why', () => {
    const told = { kind: 'chosen', startsAt: STARTS, paperIds: [IDS[0]], presenterId: '7' };
    expect(chosen('poll', { votes: 2, total: 3 })).toEqual({ ...told, how: 'poll', votes: 2, total: 3 });
    expect(chosen('poll', { votes: 0, total: 0 })).toEqual({ ...told, how: 'poll', votes: 0, total: 0 });
    for (const how of ['only', 'first', 'picked', 'saved'] as const)
      expect(chosen(how)).toEqual({ ...told, how });
  });

  it('a reminder, and that there is nothing to read', () => {
    const links = { threadId: '5', eventLink: 'https://discord.com/events/1/9' };
    const reminder = renderReminder(
      { kind: 'reminder', ...about, reminder: 'day', ...links },
      PAPERS[0],
      TEXTS,
    );
    const nothing = renderNothing({ kind: 'nothing-to-read', ...MARK, startsAt: STARTS }, TEXTS);

    expect(read(reminder).meeting).toEqual({
      kind: 'reminder',
      startsAt: STARTS,
      paperIds: [IDS[0]],
      presenterId: '7',
      threadId: '5',
      eventId: '9',
    });
    expect(read(nothing).meeting).toEqual({ kind: 'nothing', startsAt: STARTS, paperIds: [] });
  });

  it('a poll of Discord itself, and nothing else', () => {
    const poll = {
      question: { text: 'Which paper do we read next?' },
      answers: [{ answer_id: 1, poll_media: { text: 'About robots' } }],
      expiry: new Date(STARTS).toISOString(),
      allow_multiselect: false,
      layout_type: 1,
      results: { is_finalized: false, answer_counts: [] },
    };
    const parts = { content: '', flags: 0, embeds: [], components: [] };
    const told = { kind: 'poll', paperIds: [], answers: ['About robots'], closesAt: STARTS };

    expect(readMessage({ ...parts, poll }).meeting).toEqual(told);
    expect(readMessage({ ...parts, poll: { ...poll, question: { text: 'Tea?' } } }).meeting).toBeUndefined();
  });
});
