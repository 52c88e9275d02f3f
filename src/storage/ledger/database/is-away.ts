import { isNetworkError } from '../../../errors.ts';

/**
 * PostgreSQL's codes for trouble that passes: connections, resources, an operator who stops it, system errors, a lock that
 * is taken, and a server that takes no writes. https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const PASSING = /^(08|53|55P03|57|58|25006)/;
/** What pg and Kysely say, without a code, of a connection that does not answer or is gone. */
const NO_ANSWER = /^(timeout e|Query read timeout|(Connection|Postgres connection) )/;

/** Whether PostgreSQL cannot be used now, and may be later. A wrong name or password gets no better by itself. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isNetworkError(error) || isAway(error.cause)) return true;
  const code = 'code' in error ? error.code : undefined;
  return typeof code === 'string' ? PASSING.test(code) : NO_ANSWER.test(error.message);
}
