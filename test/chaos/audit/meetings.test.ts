import { describe, expect, it } from 'vitest';
import { audit } from '../../../chaos/audit/audit.ts';
import { DAY_MS } from '../../../chaos/audit/calendar.ts';
import type { GroupHistory } from '../../../chaos/audit/group-history.ts';
import type { Disturbance } from '../../../chaos/audit/history.ts';
import { buildGroup } from '../../../chaos/audit/meetings/meetings.ts';
import { nominatedFor } from '../../../chaos/audit/meetings/nominations.ts';
import type { PostedMessage } from '../../../chaos/audit/shown.ts';
import { buildMessage } from './audited-history.ts';
import {
  ALL,
  chosen,
  CLOSES,
  CLUB,
  complaintsOf,
  DAY_BEFORE,
  EVENT,
  FIRST,
  GROUP,
  HOUR_BEFORE,
  instead,
  MEETING,
  MINUTE,
  nominate,
  NOMINEES,
  OPENS,
  POLL,
  readTogether,
  remind,
  say,
  SECOND,
  SET_UP,
  THIRD,
} from './read-together.ts';

const HOUR = 60 * MINUTE;
const NO_EVENT = { events: [] };
const DELETED = { deleted: [{ message: POLL, at: OPENS + HOUR }], events: [] };
const BEGUN = { kind: 'poll', sentAt: OPENS + 2 * HOUR, ackedAt: OPENS + 2 * HOUR + 500 } as const;
const AGAIN = [
  { ...NOMINEES, id: '611', at: OPENS + 2 * HOUR + 100 },
  { ...POLL, id: '612', at: OPENS + 2 * HOUR + 200 },
];
const ONLY = chosen({ paperIds: [FIRST], how: 'only' }, { at: OPENS + 1_000 });
const remindOfFirst = (id: string, at: number) => remind(id, at, { paperIds: [FIRST] });
const REMINDERS_OF_FIRST = [
  remindOfFirst('604', DAY_BEFORE + 1_000),
  remindOfFirst('605', HOUR_BEFORE + 1_000),
];
const ROBOTS = ofRobots(EVENT.madeAt);

describe('of a meeting the auditor', () => {
  it.each<[string, readonly PostedMessage[], Partial<GroupHistory>?, (readonly Disturbance[])?]>([
    ['all of it came once, in time, with what most voted for', ALL],
    [
      'the only nomination came without a poll',
      [ONLY, ...REMINDERS_OF_FIRST],
      { ...ofRobots(OPENS + 2_000), nominations: GROUP.nominations.slice(0, 1) },
    ],
    [
      'a tie goes to what was nominated first',
      [NOMINEES, POLL, chosen({ paperIds: [FIRST], votes: 1, total: 2 }), ...REMINDERS_OF_FIRST],
      { ...ROBOTS, ballots: GROUP.ballots.slice(0, 2) },
    ],
    ['nothing comes of a poll that was deleted', [NOMINEES, POLL], DELETED],
    [
      'the list above a poll was refused for what it says',
      instead(['601']),
      {},
      [{ kind: 'content', channelId: CLUB, from: OPENS, to: OPENS + 40_000 }],
    ],
    [
      'a poll that somebody begins early is refused, and the first nominated is read',
      [chosen({ paperIds: [FIRST], votes: 0, total: 0 }, { at: OPENS - 2 * HOUR }), ...REMINDERS_OF_FIRST],
      {
        ...ofRobots(OPENS - 2 * HOUR + 2_000),
        decisions: [{ ...BEGUN, sentAt: OPENS - 4 * HOUR, ackedAt: OPENS - 4 * HOUR }],
      },
      [{ kind: 'content', channelId: CLUB, from: OPENS - 4 * HOUR, to: OPENS - 3 * HOUR }],
    ],
    [
      'somebody begins a poll in place of one that was deleted',
      [NOMINEES, POLL, ...AGAIN],
      {
        ...DELETED,
        decisions: [BEGUN],
        deleted: [...DELETED.deleted, { message: AGAIN[1] ?? POLL, at: CLOSES }],
      },
    ],
    [
      'a poll comes again that was deleted before its lost answer could be made up for',
      [NOMINEES, POLL, { ...POLL, id: '612', at: POLL.at + 26_000 }],
      {
        ...DELETED,
        deleted: [
          { message: POLL, at: POLL.at + 300 },
          { message: { ...POLL, id: '612' }, at: CLOSES },
        ],
      },
      [{ kind: 'request', channelId: CLUB, from: POLL.at - 1, to: POLL.at }],
    ],
    [
      'a wrong clock brings the second reminder early',
      instead(['605'], remind('605', HOUR_BEFORE - 40 * MINUTE)),
      {},
      [{ kind: 'clock', from: HOUR_BEFORE - HOUR, to: HOUR_BEFORE - 30 * MINUTE, aheadMs: HOUR }],
    ],
    [
      'the event was made when it was too late for the first reminder',
      instead(['604']),
      { events: [{ ...EVENT, madeAt: DAY_BEFORE + 1_000 }] },
      [{ kind: 'request', channelId: CLUB, from: CLOSES, to: DAY_BEFORE }],
    ],
    [
      'nobody is reminded of an event that was deleted',
      instead(['605']),
      { events: [{ ...EVENT, deletedAt: DAY_BEFORE + HOUR }] },
    ],
    [
      'a reminder goes by the hour to which the event was moved',
      instead(['605'], remind('605', HOUR_BEFORE + HOUR + 1_000, { startsAt: MEETING + HOUR })),
      {
        events: [
          {
            ...EVENT,
            startsAt: MEETING + HOUR,
            endsAt: MEETING + 2 * HOUR,
            earlier: [{ startsAt: MEETING, until: DAY_BEFORE + HOUR }],
          },
        ],
      },
    ],
  ])('has nothing to say where %s', (_, messages, group = {}, disturbances = []) => {
    expect(audit(readTogether(messages, group, disturbances))).toEqual([]);
  });

  it.each<[string, string, readonly PostedMessage[], Partial<GroupHistory>?]>([
    ['without a poll or a paper', 'meeting_lost', [], NO_EVENT],
    ['without the poll below its list', 'meeting_lost', instead(['602'])],
    ['whose poll has no outcome', 'meeting_lost', [NOMINEES, POLL], NO_EVENT],
    ['without an event', 'meeting_lost', ALL, NO_EVENT],
    ['without its first reminder', 'meeting_lost', instead(['604'])],
    ['without its second reminder', 'meeting_lost', instead(['605'])],
    ['with two polls', 'meeting_twice', [...ALL, { ...POLL, id: '612', at: POLL.at + MINUTE }]],
    ['with two lists', 'meeting_twice', [...ALL, { ...NOMINEES, id: '611', at: NOMINEES.at + 500 }]],
    ['whose deleted poll is made again', 'meeting_twice', [NOMINEES, POLL, ...AGAIN], DELETED],
    ['with two papers', 'meeting_twice', [...ALL, chosen({}, { id: '613', at: CLOSES + 9_000 })]],
    ['with two events', 'meeting_twice', ALL, { events: [EVENT, { ...EVENT, id: '701' }] }],
    ['with a reminder too many', 'meeting_twice', [...ALL, remind('614', HOUR_BEFORE + 9_000)]],
    ['whose event is an hour off', 'meeting_untimely', ALL, shift(HOUR)],
    [
      'whose poll opens an hour early',
      'meeting_untimely',
      instead(['601'], { ...NOMINEES, at: OPENS - HOUR }),
    ],
    [
      'whose poll opens an hour late',
      'meeting_untimely',
      instead(['601', '602'], later(NOMINEES), later(POLL)),
    ],
    [
      'whose paper comes before its poll ends',
      'meeting_untimely',
      instead(['603'], chosen({}, { at: CLOSES })),
    ],
    [
      'of which a reminder comes early',
      'meeting_untimely',
      instead(['605'], remind('605', HOUR_BEFORE - HOUR / 2)),
    ],
    [
      'of which a reminder comes late',
      'meeting_untimely',
      instead(['604'], later(remind('604', DAY_BEFORE))),
    ],
    [
      'with the paper that fewest voted for',
      'wrong_winner',
      instead(['603'], chosen({ paperIds: [FIRST], votes: 1 })),
    ],
    ['with a paper of no poll', 'wrong_winner', instead(['603'], chosen({ paperIds: [THIRD] }))],
    ['with votes that nobody gave', 'wrong_winner', instead(['603'], chosen({ votes: 3 }))],
    [
      'whose tie goes to what was nominated later',
      'wrong_winner',
      ALL,
      { ballots: GROUP.ballots.slice(0, 2) },
    ],
    ['whose paper is the only one of two', 'wrong_winner', [ONLY, ...REMINDERS_OF_FIRST], ROBOTS],
    [
      'to which another server has nominated',
      'wrong_meeting',
      ALL,
      { nominations: [nominate(FIRST, SET_UP)] },
    ],
    [
      'that leaves a nomination out',
      'wrong_meeting',
      ALL,
      { nominations: [...GROUP.nominations, nominate(THIRD, SET_UP + HOUR)] },
    ],
    [
      'whose list is out of order',
      'wrong_meeting',
      ALL,
      { nominations: [nominate(SECOND, SET_UP), nominate(FIRST, SET_UP + HOUR)] },
    ],
    ['whose poll has other titles', 'wrong_meeting', instead(['602'], say('602', POLL.at, other(POLL)))],
    [
      'whose reminder is of another paper',
      'wrong_meeting',
      instead(['605'], remindOfFirst('605', HOUR_BEFORE + 9)),
    ],
    ['that nobody planned', 'wrong_meeting', [...ALL, chosen({ startsAt: MEETING + HOUR }, { id: '615' })]],
    ['presented out of turn', 'wrong_meeting', instead(['603'], chosen({ presenterId: '72' }))],
    [
      'of which somebody is reminded though its event was deleted',
      'wrong_meeting',
      ALL,
      { events: [{ ...EVENT, deletedAt: DAY_BEFORE + HOUR }] },
    ],
    ['that pings who presents', 'wrong_mention', instead(['603'], chosen({}, { others: ['71'] }))],
    ['told elsewhere', 'stray', [...ALL, { ...POLL, id: '616', channelId: '501', placeId: '501' }]],
    ['beside a digest', 'stray', [...ALL, buildMessage({ channelId: CLUB, placeId: CLUB, roles: [] })]],
    ['whose order was never answered', 'unanswered', ALL, { unanswered: 1 }],
  ])('complains of one %s', (_, figure, messages, group = {}) => {
    expect(complaintsOf(messages, group)).toContain(figure);
  });

  it('complains of a card without a thread', () => {
    const { thread: _none, ...bare } = chosen();
    expect(complaintsOf(instead(['603'], bare))).toEqual(['meeting_lost', 'wrong_meeting']);
  });

  it('lets the id stand for a title only where the archive was lost', () => {
    const unnamed = { ...EVENT, name: `Reading group: arXiv:${SECOND}` };
    const history = readTogether(ALL, { events: [unnamed] });

    expect(audit(history).map(({ kind }) => kind)).toEqual(['wrong_meeting']);
    expect(audit({ ...history, archiveLostAt: [OPENS] })).toEqual([]);
  });

  it('holds a paper that was read for nominated no more, also where trouble came before that', () => {
    const next = CLOSES + 7 * DAY_MS;
    const trouble = { kind: 'request', channelId: CLUB, from: OPENS, to: next };
    const history = readTogether(ALL, {}, [trouble]);

    const { sure } = nominatedFor(history, buildGroup(history, GROUP), next);

    expect([...sure]).toEqual([FIRST]);
  });

  it('holds a paper for nominated that was chosen for a meeting of which nobody was told', () => {
    const next = CLOSES + 7 * DAY_MS;
    const history = readTogether([NOMINEES, POLL], NO_EVENT);

    const { sure } = nominatedFor(history, buildGroup(history, GROUP), next);

    expect([...sure]).toEqual([FIRST, SECOND]);
  });

  it.each([
    ['may have come too soon while its event was on its way', 4_000, [FIRST]],
    ['holds later', MINUTE, [FIRST, SECOND]],
  ])('knows that a paper that is nominated again after its card %s', (_, waited, papers) => {
    const again = nominate(SECOND, CLOSES + 4_000 + waited);
    const group = { ...GROUP, nominations: [...GROUP.nominations, again] };
    const history = readTogether(ALL, group);

    const { sure, possible } = nominatedFor(history, buildGroup(history, group), CLOSES + 7 * DAY_MS);

    expect([...sure]).toEqual(papers);
    expect([...possible]).toEqual([FIRST, SECOND]);
  });

  it('owes nothing while the bot was shut out', () => {
    const shutOut = { from: OPENS - MINUTE, to: MEETING, kind: 'permission', channelId: CLUB };
    expect(complaintsOf([], NO_EVENT, [shutOut])).toEqual([]);
  });
});

function shift(ms: number): Partial<GroupHistory> {
  return { events: [{ ...EVENT, startsAt: EVENT.startsAt + ms, endsAt: EVENT.endsAt + ms }] };
}

function later(message: PostedMessage): PostedMessage {
  return { ...message, at: message.at + HOUR };
}

function other({ meeting }: typeof POLL) {
  return { ...meeting, kind: 'poll', paperIds: [], answers: ['About kites', 'About robots'] } as const;
}

function ofRobots(madeAt: number): Pick<GroupHistory, 'events'> {
  return { events: [{ ...EVENT, madeAt, name: 'Reading group: About robots' }] };
}
