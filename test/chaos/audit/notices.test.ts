import { describe, expect, it } from 'vitest';
import { audit, findMissing } from '../../../chaos/audit/audit.ts';
import type { History, Listing, PaperChange } from '../../../chaos/audit/history.ts';
import type { Notice, PostedMessage } from '../../../chaos/audit/shown.ts';
import {
  buildChange,
  buildHistory,
  buildMessage,
  CHANNEL,
  EIGHT,
  kinds,
  listPaper,
  type MessageBrief,
  MINUTE,
  SETTINGS,
} from './audited-history.ts';

/** Followed from eight on; its code comes at ten past eight. No topic is followed. */
const PAPER = listPaper();
const CODE_AT = EIGHT + 10 * MINUTE;
const LISTINGS: readonly Listing[] = [
  { at: EIGHT - 10 * MINUTE, day: '2026-05-04', papers: [PAPER] },
  { at: CODE_AT, day: '2026-05-04', papers: [{ ...PAPER, hasCode: true }] },
  { at: CODE_AT + 10 * MINUTE, day: '2026-05-04', papers: [{ ...PAPER, hasCode: true }] },
];

const buildPaperChange = (isFollowed: boolean, sentAt: number): PaperChange => ({
  sentAt,
  ackedAt: sentAt + 1_000,
  paperId: PAPER.id,
  isFollowed,
});
const FOLLOWED = buildPaperChange(true, EIGHT);

function buildNotice(about: Omit<MessageBrief, 'notice'> & Partial<Notice> = {}): PostedMessage {
  const { paperId = PAPER.id, events = ['code'], upvotes, ...rest } = about;
  const notice = { paperId, events, upvotes };
  const controls = [{ name: 'card', label: 'Details', target: paperId, beside: undefined }];
  return buildMessage({ at: CODE_AT + 9_000, roles: [], papers: [], notice, controls, ...rest });
}

function buildFollowing(about: Parameters<typeof buildHistory>[0] = {}): History {
  return buildHistory({
    changes: [],
    paperChanges: [FOLLOWED],
    listings: LISTINGS,
    messages: [buildNotice()],
    ...about,
  });
}

const listKinds = (about: Parameters<typeof buildHistory>[0]) => kinds(buildFollowing(about));

const paused = buildChange({ ...SETTINGS, isPaused: true }, CODE_AT - MINUTE, { cancels: true });
const request = { kind: 'request', channelId: CHANNEL };

describe('of news of a followed paper the auditor has nothing to say', () => {
  it('where they came once and in time', () => {
    expect(audit(buildFollowing())).toEqual([]);
    expect(findMissing(buildFollowing())).toEqual({ owed: 1, missing: 0 });
    expect(findMissing(buildFollowing({ messages: [] }))).toEqual({ owed: 1, missing: 1 });
  });

  it('beside the digests of the place, which owe their papers still', () => {
    const listings = [...LISTINGS, { at: EIGHT + 59 * MINUTE, day: '2026-05-04', papers: [PAPER] }];
    const digest = buildMessage({ deliveryId: 'd2', papers: [{ id: PAPER.id, upvotes: 9 }] });
    const changes = [buildChange(SETTINGS)];

    expect(audit(buildFollowing({ changes, listings, messages: [buildNotice(), digest] }))).toEqual([]);
    expect(listKinds({ changes, listings })).toEqual(['lost']);
  });

  it.each<[string, Parameters<typeof buildHistory>[0]]>([
    [
      'that had come by the time it was followed',
      { paperChanges: [buildPaperChange(true, CODE_AT + 1_000)] },
    ],
    ['that came as it was followed', { paperChanges: [buildPaperChange(true, CODE_AT - 500)] }],
    ['of which it was told too late to be sure', { endedAt: CODE_AT + MINUTE }],
    ['that nobody wants any more', { paperChanges: [FOLLOWED, buildPaperChange(false, CODE_AT + MINUTE)] }],
    ['while the place is paused', { changes: [paused] }],
    [
      'while the place lets nobody in, and for an hour after that',
      { disturbances: [{ from: EIGHT, to: CODE_AT - 30 * 1_000, kind: 'permission', channelId: CHANNEL }] },
    ],
    ['while the bot is down', { disturbances: [{ from: CODE_AT - MINUTE, to: Infinity, kind: 'down' }] }],
    [
      'as the bot went down when it had been told',
      {
        listings: LISTINGS.slice(0, 2),
        disturbances: [{ from: CODE_AT + 1_000, to: CODE_AT + 2_000, kind: 'down' }],
      },
    ],
    ['that the archive lost', { archiveLostAt: [CODE_AT + MINUTE, CODE_AT + 11 * MINUTE] }],
  ])('and that did not come, %s', (_, about) => {
    expect(audit(buildFollowing({ ...about, messages: [] }))).toEqual([]);
  });

  it.each<[string, Parameters<typeof buildHistory>[0]]>([
    ['unfollowed', { paperChanges: [FOLLOWED, buildPaperChange(false, CODE_AT + 5_000)] }],
    ['paused', { changes: [buildChange({ ...SETTINGS, isPaused: true }, CODE_AT + 5_000)] }],
  ])('where they left before it was %s, and were late', (_, about) => {
    const disturbances = [{ ...request, from: CODE_AT + 4_000, to: CODE_AT + 9_000 }];

    expect(listKinds(about)).toEqual(['unwanted']);
    expect(listKinds({ ...about, disturbances })).toEqual([]);
  });
});

describe('of news of a followed paper the auditor complains', () => {
  it.each<[string, string, Parameters<typeof buildHistory>[0]]>([
    ['lost', 'they never came', { messages: [] }],
    ['late', 'they came minutes later', { messages: [buildNotice({ at: CODE_AT + 3 * MINUTE })] }],
    [
      'lost',
      'they did not come with the collection after a loss of the archive',
      { messages: [], archiveLostAt: [CODE_AT + MINUTE] },
    ],
    [
      'twice',
      'they came again',
      { messages: [buildNotice(), buildNotice({ at: CODE_AT + 5 * MINUTE, deliveryId: 'd2' })] },
    ],
    ['unwanted', 'nobody follows it', { paperChanges: [] }],
    [
      'unwanted',
      'nobody follows it any more',
      { paperChanges: [FOLLOWED, buildPaperChange(false, CODE_AT + 5_000)] },
    ],
    [
      'unwanted',
      'another paper was meant',
      { messages: [buildNotice(), buildNotice({ paperId: '2605.00002' })] },
    ],
    ['unwanted', 'they came before the source said so', { messages: [buildNotice({ at: CODE_AT - 1_000 })] }],
    [
      'unwanted',
      'they had come before it was followed',
      { paperChanges: [buildPaperChange(true, CODE_AT + 5_000)] },
    ],
    [
      'unwanted',
      'it has fewer votes',
      { messages: [buildNotice({ events: ['code', 'votes'], upvotes: 9 })] },
    ],
    ['unwanted', 'the source links no model', { messages: [buildNotice({ events: ['code', 'model'] })] }],
    ['unwanted', 'it never had the votes', { messages: [buildNotice({ upvotes: 10 })] }],
    ['unwanted', 'the place is paused', { changes: [paused] }],
    ['wrong_mention', 'a role was mentioned', { messages: [buildNotice({ roles: ['77'] })] }],
    ['over_limit', 'a message is over a limit', { messages: [buildNotice({ problems: ['content'] })] }],
  ])('%s: %s', (kind, _, about) => {
    expect(listKinds(about)).toEqual([kind]);
  });

  it('where 100 votes were not told, and not of 99', () => {
    const listings = LISTINGS.map((listing) => ({
      ...listing,
      papers: listing.papers.map((paper) => ({ ...paper, upvotes: paper.hasCode ? 100 : 99 })),
    }));

    expect(listKinds({ listings })).toEqual(['lost']);
    expect(
      listKinds({ listings, messages: [buildNotice({ events: ['code', 'votes'], upvotes: 100 })] }),
    ).toEqual([]);
  });

  it('with an excuse where they came again, history cannot be read, and a fault was near', () => {
    const messages = [buildNotice(), buildNotice({ at: CODE_AT + MINUTE })];
    const disturbances = [{ ...request, from: CODE_AT + 9_000, to: CODE_AT + 10_000 }];

    expect(listKinds({ messages, disturbances, canReadHistory: false })).toEqual(['twice_blind']);
    expect(listKinds({ messages, canReadHistory: false })).toEqual(['twice']);
    expect(listKinds({ messages, disturbances })).toEqual(['twice']);
  });
});
