import { buildRefusal, type Refusal } from './refusals.ts';

export interface Failure {
  route: RegExp;
  method?: string;
  status?: number;
  code?: number;
  /** What the answer is made of: Discord's JSON, or the HTML of a proxy before it. Default JSON. */
  body?: 'json' | 'html';
  /** A limit that is reached: `shared` by what other clients did, `cloudflare` without JSON. */
  limit?: 'user' | 'shared' | 'global' | 'cloudflare';
  /**
   * How the connection breaks: before or after the request is carried out, in the middle of the answer (`cut-off`),
   * or never, without any answer (`hang`).
   */
  drop?: 'drop-before' | 'drop-after' | 'cut-off' | 'hang';
  /** The request is carried out all the same, so long after it came; 0 at once. Default: it is not. */
  effectAfterMs?: number;
  delayMs?: number;
  /** How often; default 1, or without end when `forMs` is given. */
  times?: number;
  /** For how long, by the clock. */
  forMs?: number;
  /** Of each request that fits; default 1. */
  probability?: number;
}
/** What a request meets instead of an answer, or around it. */
export interface Fault extends Pick<Failure, 'drop' | 'delayMs' | 'effectAfterMs'> {
  readonly refusal?: Refusal;
}
export interface Faults {
  /** Plans a failure; the function given back ends it. */
  add(failure: Failure): () => void;
  take(method: string, path: string): Fault | undefined;
}
interface Planned {
  readonly failure: Failure;
  readonly until: number;
  left: number;
}

const RETRY_MS = 1000;

export function createFaults(edge: { now(): number; random(): number }): Faults {
  const planned = new Set<Planned>();
  const fits = ({ failure, until }: Planned, method: string, path: string): boolean =>
    edge.now() < until &&
    failure.route.test(path) &&
    (failure.method ?? method) === method &&
    (failure.probability === undefined || edge.random() < failure.probability);
  return {
    add(failure) {
      const one = {
        failure,
        until: edge.now() + (failure.forMs ?? Infinity),
        left: failure.times ?? (failure.forMs === undefined ? 1 : Infinity),
      };
      planned.add(one);
      return () => void planned.delete(one);
    },
    take(method, path) {
      for (const one of planned) {
        if (!fits(one, method, path)) continue;
        one.left -= 1;
        if (one.left <= 0) planned.delete(one);
        const waitMs = one.failure.forMs === undefined ? RETRY_MS : one.until - edge.now();
        const refusal = buildRefusal(one.failure, waitMs);
        return { ...one.failure, ...(refusal === undefined ? {} : { refusal }) };
      }
      return undefined;
    },
  };
}
