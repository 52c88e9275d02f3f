import { type DestinationStream, type Logger, pino } from 'pino';

const SECRET_NAMES = ['token', 'discordToken', 'hfToken', 'authorization'];
/** Of errors inside errors. */
const DEPTH = 5;
/** Bytes that wait for a slow reader of stdout. What comes on top is dropped. */
const MOST_WAITING = 1_048_576;

export function createLogger(
  level: string,
  destination: DestinationStream = { write: openStdout() },
): Logger {
  const redact = SECRET_NAMES.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
  const options = { level, redact, serializers: { err: (error: unknown) => describeError(error) } };
  return pino(options, destination);
}

/**
 * Writes to stdout. A full disk, and a reader that is gone or stands still, cost lines and never the process: pino's own
 * destination tries for ever to write the rest when the process ends.
 */
export function openStdout(): (text: string) => void {
  const { stdout } = process;
  stdout.on('error', () => undefined);
  return (text) => {
    if (stdout.writableLength < MOST_WAITING) stdout.write(text);
  };
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

const LEVELS: ReadonlyMap<unknown, string> = new Map([
  [10, 'trace'],
  [20, 'debug'],
  [30, 'info'],
  [40, 'warn'],
  [50, 'error'],
  [60, 'fatal'],
]);
/** What the line begins with, and what a reader at the terminal knows. */
const SHOWN = ['level', 'time', 'msg', 'pid', 'hostname', 'err'];

/**
 * Log lines for a person at a terminal, such as `09:00:00 info ready version=0.1.0`; an error's stack comes below. What
 * ends the bot stands apart, with its reasons in place of a stack.
 */
export function createReadableLines(write: (text: string) => void): DestinationStream {
  return {
    write(line) {
      const entry: Readonly<Record<string, unknown>> = JSON.parse(line);
      const { level, time, msg, err } = entry;
      const clock = new Date(Number(time)).toTimeString().slice(0, 8);
      const fields = Object.entries(entry)
        .filter(([name]) => !SHOWN.includes(name))
        .map(([name, value]) => ` ${name}=${typeof value === 'string' ? value : JSON.stringify(value)}`)
        .join('');
      const name = LEVELS.get(level) ?? 'log';
      if (name === 'fatal') write(`\n${clock} FATAL ${String(msg)}${fields}${reasonsOf(err)}\n\n`);
      else write(`${clock} ${name} ${String(msg)}${fields}${stackOf(err)}\n`);
    },
  };
}

function stackOf(err: unknown): string {
  return typeof err === 'object' && err !== null && 'stack' in err ? `\n${String(err.stack)}` : '';
}

/** The words of an error and of its causes, a line each. */
function reasonsOf(err: unknown): string {
  if (typeof err !== 'object' || err === null || !('message' in err)) return '';
  return `\n  ${String(err.message)}${'cause' in err ? reasonsOf(err.cause) : ''}`;
}
