import type { Clock } from '../../calendar/clock.ts';

/**
 * Routes that Discord asked to leave alone for a while, by a limit that no header had announced: one that other people
 * used up, or that of edits of old messages.
 */
export interface RouteRests {
  rest(route: string, ms: number): void;
  /** Milliseconds. */
  restsFor(route: string): number;
}

export function createRouteRests(clock: Pick<Clock, 'monotonic'>): RouteRests {
  const until = new Map<string, number>();
  return {
    rest(route, ms) {
      const now = clock.monotonic();
      for (const [one, end] of until) if (end <= now) until.delete(one);
      until.set(route, now + ms);
    },
    restsFor: (route) => Math.max(0, Math.ceil((until.get(route) ?? 0) - clock.monotonic())),
  };
}

/** What shares a limit: the requests of one kind in a channel, whichever message or thread they are about. */
export function routeOf(method: string, url: string): string {
  const { pathname } = new URL(url);
  return `${method} ${pathname.replace(/(\/(?:messages|threads)\/)\d+/, '$1')}`;
}
