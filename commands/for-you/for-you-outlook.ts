import { listDayAt } from '../../src/calendar/list-day.ts';
import { addDays } from '../../src/calendar/zoned-time.ts';
import type { Texts } from '../../src/discord/texts/texts.ts';
import type { Destination } from '../../src/subscriptions/destination.ts';
import type { Subscription } from '../../src/subscriptions/subscription.ts';
import { FOR_YOU_WEEKLY } from '../../src/topics/topic.ts';
import type { CommandContext } from '../context.ts';
import { buildSampleLine } from '../subscribe/sample-line.ts';

const DAYS = 14;
const SAMPLES = 3;

/** What For You brings to a place, and what it would pick of the last two weeks. */
export async function findForYouOutlook(
  asked: { readonly destination: Destination; readonly subscription: Subscription; readonly texts: Texts },
  { matchForYou, clock, search }: Pick<CommandContext, 'matchForYou' | 'clock' | 'search'>,
): Promise<{ readonly lines: readonly string[]; readonly samples: readonly string[] }> {
  const { destination, subscription, texts } = asked;
  const after = addDays(listDayAt(clock.now()), -DAYS);
  const asOfOld = { ...subscription, startDay: after };
  const { papers } = await matchForYou({ destination, subscription: asOfOld, after });
  const cadence = subscription.topic.query === FOR_YOU_WEEKLY.query ? 'weekly' : 'daily';
  const { forYou: words } = texts;
  const isDm = destination.place.kind === 'dm';
  const samples = papers
    .slice(0, SAMPLES)
    .map((paper) => buildSampleLine(paper, { terms: [], formsOf: search.formsOf }, texts));
  return {
    lines: [
      isDm ? words.outlook[cadence] : words.channelOutlook[cadence],
      ...(isDm ? [] : [words.agreement()]),
      ...(isDm || papers.length > 0 ? [] : [words.nobody]),
    ],
    samples: samples.length === 0 ? [] : [words.today, ...samples],
  };
}
