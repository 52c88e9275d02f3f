import { type Asked, type RequestFault, startFaultProxy } from './fault-proxy.ts';
import type { Records } from '../records.ts';

/** The way of one process to Discord and to Hugging Face, on which requests go wrong. */
export interface Gate {
  /** What the process is told of it. */
  readonly env: Readonly<Record<string, string>>;
  close(): Promise<void>;
}

/** What becomes of a request at present; undefined where it is let through. */
export type Spoiler = (request: Asked) => RequestFault | undefined;
export type Spoilers = Readonly<Record<'discord' | 'source', Set<Spoiler>>>;

/** What of all gates is the same. */
export interface GateParts {
  readonly discordUrl: string;
  readonly sourceUrl: string;
  readonly spoilers: Spoilers;
  readonly records: Pick<Records, 'onDiscord' | 'onSource'>;
}

/** `replica`: of which of several processes it is. */
export async function openGate(
  { discordUrl, sourceUrl, spoilers, records }: GateParts,
  replica?: number,
): Promise<Gate> {
  const of = replica === undefined ? {} : { replica };
  const [discord, source] = await Promise.all([
    startFaultProxy({
      target: discordUrl,
      decide: (request) => firstFault(spoilers.discord, request),
      onExchange: (exchange) => records.onDiscord(exchange, of),
    }),
    startFaultProxy({
      target: sourceUrl,
      decide: (request) => firstFault(spoilers.source, request),
      onExchange: (exchange) => records.onSource(exchange, of),
    }),
  ]);
  return {
    env: { DISCORD_API_URL: `${discord.url}/api`, HF_ENDPOINT: source.url },
    async close() {
      await Promise.all([discord.close(), source.close()]);
    },
  };
}

function firstFault(spoilers: ReadonlySet<Spoiler>, request: Asked): RequestFault | undefined {
  for (const spoiler of spoilers) {
    const fault = spoiler(request);
    if (fault !== undefined) return fault;
  }
  return undefined;
}
