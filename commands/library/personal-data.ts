import { destinationId } from '../../src/subscriptions/destination.ts';
import { MOST_DISMISSED } from '../../src/for-you/choices.ts';
import { MOST_SAVED } from '../../src/papers/saved-papers.ts';
import type { CommandContext } from '../context.ts';

const MOST_DELIVERIES = 1_000;

type DataTools = Pick<
  CommandContext,
  | 'forYouChoices'
  | 'readingGroups'
  | 'savedPapers'
  | 'savedSearches'
  | 'formDrafts'
  | 'destinations'
  | 'follows'
  | 'deliveries'
  | 'clock'
  | 'archive'
>;

/** All that is stored about a person, but for who asked for the topics of a channel. */
export async function collectPersonalData(userId: string, tools: DataTools): Promise<object> {
  const id = destinationId({ kind: 'dm', userId });
  const now = tools.clock.now();
  const saved = await tools.savedPapers.list(userId, { from: 0, most: MOST_SAVED });
  const open = await tools.deliveries.openOf(id);
  const closed = await tools.deliveries.latestOf(id, MOST_DELIVERIES);
  return {
    userId,
    exportedAt: new Date(now).toISOString(),
    library: saved.map(({ userId: _own, savedAt, readAt, ...rest }) => ({
      ...rest,
      title: tools.archive.paper(rest.paperId)?.title,
      savedAt: new Date(savedAt).toISOString(),
      ...(readAt === undefined ? {} : { readAt: new Date(readAt).toISOString() }),
    })),
    notForYou: await tools.forYouChoices.dismissed(userId, MOST_DISMISSED),
    serversWhereSavesCount: await tools.forYouChoices.serversOf(userId),
    directMessages: (await tools.destinations.get(id)) ?? null,
    followedPapers: await tools.follows.of(id, now),
    papersReceived: [...(await tools.deliveries.recordsOf(id)).values()],
    deliveries: [...(open === undefined ? [] : [open]), ...closed],
    readingGroups: await tools.readingGroups.of(userId),
    searches: await tools.savedSearches.of(userId),
    refusedForm: (await tools.formDrafts.of(userId)) ?? null,
  };
}
