import { type Logger, pino } from 'pino';

export function createLogger(level: string): Logger {
  const names = ['token', 'discordToken', 'hfToken', 'authorization'];
  return pino({ level, redact: names.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]) });
}
