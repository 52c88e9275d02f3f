import { HOUR_MS } from '../../src/calendar/zoned-time.ts';
import type { Channel } from '../places/channel.ts';
import { pickNumber } from '../random.ts';
import { type Fault, leap, type Stop, type Storm } from './fault.ts';

/** Listed so soon that it is sent while it is refused: within the shortest leap, most of the day. */
const SOON_MS = HOUR_MS;
const AT_LATEST_MS = 12 * HOUR_MS;

/** What is refused for what it says. */
export const CONTENT_FAULTS: readonly Fault[] = [
  {
    name: 'automod',
    says: "A server's AutoMod refuses a paper.",
    weight: 3,
    lasts: [10_000, 30_000],
    start(storm) {
      const guildId = pickAny(
        storm,
        storm.world.channels.flatMap((one) => (one.guildId === '' ? [] : [one.guildId])),
      );
      return refuseNext(storm, { code: 200_000, placeId: guildId });
    },
  },
  {
    name: 'harmful-link',
    says: 'Discord holds the link of a paper for harmful for a while.',
    weight: 2,
    lasts: [10_000, 30_000],
    start: (storm) => refuseNext(storm, { code: 240_000 }),
  },
  {
    name: 'malformed-paper',
    says: 'Discord calls each message with one paper malformed, for ever.',
    weight: 2,
    lasts: [20_000, 30_000],
    start: (storm) => refuseNext(storm, { code: 50_035, isForEver: true }),
  },
];

/** Refuses a paper that is about to be listed, in a server or everywhere, and lets it come. */
function refuseNext(
  storm: Storm,
  {
    code,
    placeId,
    isForEver = false,
  }: {
    readonly code: 50_035 | 200_000 | 240_000;
    readonly placeId?: string | undefined;
    readonly isForEver?: boolean;
  },
): Stop | undefined {
  const { world, met } = storm;
  const { upcomingPapers } = world.source;
  const paperId = pickAny(storm, upcomingPapers(SOON_MS)) ?? upcomingPapers(AT_LATEST_MS)[0];
  if (paperId === undefined) return undefined;
  const isHit = ({ guildId }: Channel) => placeId === undefined || guildId === placeId;
  const ends = world.channels.filter(isHit).map(({ id }) => world.refusePaper(paperId, id));
  const allow = world.discord.refuseContent({
    text: paperId,
    code,
    ...(placeId === undefined ? {} : { placeId }),
  });
  const before = world.countRefusals(code);
  leap(storm);
  return () => {
    if (world.countRefusals(code) > before) met();
    if (isForEver) return;
    allow();
    for (const end of ends) end();
  };
}

function pickAny({ random }: Storm, ids: readonly string[]): string | undefined {
  return ids[pickNumber(random, 0, ids.length - 1)];
}
