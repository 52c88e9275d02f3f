import type { Instant } from '../../src/calendar/zoned-time.ts';
import type { AuditContext } from './audit-context.ts';
import { checkTwice } from './check-twice.ts';
import { noticesIn } from './deliveries.ts';
import { hasCome, listPaperReigns, nameNews } from './followed-papers.ts';
import type { DestinationHistory, History, Notice, Report, Violation } from './history.ts';
import { listReigns } from './reigns.ts';
import { sureKnowledge } from './sightings.ts';

/** Real: how long after a request that failed its message may show. */
const SHOWN_WITHIN_MS = 1_000;

/** Every notice that a destination got and should not have got, or not so. */
export function checkNotices(context: AuditContext, destination: DestinationHistory): readonly Violation[] {
  const { channelId } = destination;
  const violations: Violation[] = [];
  const report: Report = (kind, about) => void violations.push({ kind, channelId, about });
  const notices = noticesIn(context.history, destination);
  const told = notices.map((message) => ({
    ...message,
    papers: message.notice.events.map((event) => ({
      id: nameNews(message.notice.paperId, event),
      upvotes: undefined,
    })),
  }));
  checkTwice(context.history, destination, told).forEach(([kind, about]) => report(kind, about));
  for (const { at, deliveryId, roles, problems, notice } of notices) {
    for (const problem of problems) report('over_limit', problem);
    if (roles.length > 0) report('wrong_mention', `${roles.join()} in ${deliveryId}`);
    const wasPaused = listReigns(destination).some(
      (reign) =>
        reign.settings?.isPaused === true &&
        reign.sureFrom < at &&
        at < reign.sureTo &&
        !mayBeLate(context.history, destination, { since: reign.sureFrom, at }),
    );
    if (wasPaused) report('unwanted', `${notice.paperId} in ${deliveryId}, in a pause`);
    for (const reason of findReasons(context, destination, { notice, at }))
      report('unwanted', `${notice.paperId} in ${deliveryId}: ${reason}`);
  }
  return violations;
}

/** Why a notice should not have come at `at`. */
function findReasons(
  context: AuditContext,
  destination: DestinationHistory,
  { notice, at }: { readonly notice: Notice; readonly at: Instant },
): readonly string[] {
  const { history, papers } = context;
  const { events, upvotes } = notice;
  const paper = papers.get(notice.paperId);
  const sightings = (paper?.sightings ?? []).filter((sighting) => sighting.at <= at);
  const reigns = listPaperReigns(destination).filter(
    ({ paperId, possibleFrom, possibleTo }) =>
      paperId === notice.paperId &&
      possibleFrom <= at &&
      (possibleTo >= at || mayBeLate(history, destination, { since: possibleTo, at })),
  );
  const wasKnown = (event: string) =>
    reigns.every(({ possibleFrom }) => {
      const known = paper && sureKnowledge(paper, possibleFrom, history.archiveLostAt);
      return known !== undefined && hasCome(event, known);
    });
  return [
    ...(reigns.length === 0 ? ['not followed'] : []),
    ...events.flatMap((event) => {
      if (!sightings.some((sighting) => hasCome(event, sighting))) return [`${event}, which never came`];
      return reigns.length > 0 && wasKnown(event) ? [`${event}, which had come before`] : [];
    }),
    ...(upvotes !== undefined && !sightings.some((sighting) => sighting.upvotes === upvotes)
      ? [`${upvotes} upvotes, which it never had`]
      : []),
  ];
}

/** Whether a message may be of a request that left by `since` and had its effect later. */
function mayBeLate(
  { disturbances }: History,
  { channelId }: DestinationHistory,
  { since, at }: { readonly since: Instant; readonly at: Instant },
): boolean {
  return disturbances.some(
    (one) =>
      one.kind === 'request' &&
      one.channelId === channelId &&
      one.from <= since &&
      one.to >= at - SHOWN_WITHIN_MS,
  );
}
