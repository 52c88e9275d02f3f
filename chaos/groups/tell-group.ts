import type { SeenEvent } from '../audit/group-history.ts';
import type { History } from '../audit/history.ts';
import type { PostedMessage } from '../audit/shown.ts';

/** What happened to one reading group, a line each, in order: for reading when the auditor complains. */
export function tellGroup(history: History, channelId: string): readonly string[] {
  const { timeline, groups, disturbances, messages } = history;
  const group = groups.find((one) => one.channelId === channelId);
  if (group === undefined) return [];
  const clock = (virtual: number) => new Date(virtual).toISOString().slice(5, 19);
  const until = (real: number) => (real === Infinity ? 'open' : clock(timeline.virtualAt(real)));
  const { schedule } = group;
  const lines = [
    ...(schedule === undefined ? [] : [{ at: schedule.sentAt, text: `set up: ${JSON.stringify(schedule)}` }]),
    ...group.nominations.map(({ sentAt, ackedAt, paperId, isNominated }) => ({
      at: sentAt,
      text: `until ${until(ackedAt)}: ${paperId} is ${isNominated ? '' : 'not '}nominated`,
    })),
    ...group.ballots.map(({ sentAt, ackedAt, userId, answer, messageId }) => ({
      at: sentAt,
      text: `until ${until(ackedAt)}: ${userId} votes ${answer} in ${messageId}`,
    })),
    ...group.decisions.map(({ sentAt, ackedAt, kind }) => ({
      at: sentAt,
      text: `until ${until(ackedAt)}: ${kind}`,
    })),
    ...group.deleted.map(({ at, message }) => ({ at, text: `poll ${message.id} is deleted` })),
    ...group.events.flatMap((event) => tellEvent(history, event, clock)),
    ...messages.filter((one) => one.channelId === channelId).map(tellMessage(clock)),
    ...disturbances
      .filter((one) => one.channelId === undefined || one.channelId === channelId)
      .map(({ from, to, kind }) => ({ at: from, text: `until ${until(to)}: ${kind}` })),
  ];
  return lines
    .toSorted((a, b) => a.at - b.at)
    .map(
      ({ at, text }) =>
        `${new Date(at).toISOString().slice(14, 23)} ${clock(timeline.virtualAt(at))} ${text}`,
    );
}

type Clock = (virtual: number) => string;

function tellEvent({ timeline }: History, event: SeenEvent, clock: Clock) {
  const { id, madeAt, name, startsAt, deletedAt, earlier } = event;
  return [
    {
      at: timeline.realAt(madeAt),
      text: `event ${id} of ${clock(earlier[0]?.startsAt ?? startsAt)}: ${name}`,
    },
    ...earlier.map(({ until }) => ({ at: until, text: `event ${id} is moved` })),
    ...(deletedAt === undefined ? [] : [{ at: deletedAt, text: `event ${id} is deleted` }]),
  ];
}

function tellMessage(clock: Clock) {
  return ({ id, at, meeting, thread }: PostedMessage) => {
    const {
      kind = 'stray',
      startsAt,
      paperIds = [],
      closesAt,
      how = '',
      votes = '',
      total = '',
    } = meeting ?? {};
    const times = [startsAt, closesAt].map((one) => (one === undefined ? '-' : clock(one))).join(', closes ');
    return {
      at,
      text: `${kind} ${id}${thread === undefined ? '' : ' with a thread'}: for ${times} ${paperIds.join()} ${how} ${votes}/${total}`,
    };
  };
}
