import { type DestinationStream, type Logger, pino } from 'pino';

const SECRET_NAMES = ['token', 'discordToken', 'hfToken', 'authorization'];
/** Of errors inside errors. */
const DEPTH = 5;

export function createLogger(level: string, destination?: DestinationStream): Logger {
  const redact = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const options = { level, redact, serializers: { err: (error: unknown) => describeError(error) } };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/**
 * What an error says of itself. The rest of its fields stays out: those of discord.js carry the request's body, which
 * is people's text, and its address, which holds the token of the interaction.
 */
function describeError(error: unknown, depth = DEPTH): object {
  if (!(error instanceof Error)) return { message: String(error) };
  const facts = ['code', 'errcode', 'status', 'method', 'reason', 'source'].flatMap((name) => {
    const value: unknown = Reflect.get(error, name);
    return typeof value === 'string' || typeof value === 'number' ? [[name, value] as const] : [];
  });
  const cause =
    error.cause === undefined || depth === 0 ? {} : { cause: describeError(error.cause, depth - 1) };
  return {
    type: error.name,
    message: error.message,
    ...Object.fromEntries(facts),
    stack: error.stack,
    ...cause,
  };
}
