import type { Log } from '../../src/log.ts';

export interface Logged {
  readonly level: 'info' | 'warn' | 'error';
  readonly message: string;
  readonly fields: object;
}

/** A log that a test can read. */
export function createTestLog(): { readonly log: Log; readonly logged: Logged[] } {
  const logged: Logged[] = [];
  const at = (level: Logged['level']) => (fields: object, message: string) =>
    void logged.push({ level, message, fields });
  return { log: { info: at('info'), warn: at('warn'), error: at('error') }, logged };
}
