/**
 * What a server says of itself that takes nobody at present, or no writes: connection exceptions, insufficient resources,
 * operator intervention, system errors, a lock or a transaction that is not to be had.
 * https://www.postgresql.org/docs/current/errcodes-appendix.html
 */
const PASSING = /^(08|53|55P03|57|58|25006)/;
const NETWORK =
  /^(ECONN(REFUSED|RESET|ABORTED)|EPIPE|ETIMEDOUT|ENOTFOUND|EAI_\w+|EHOST(UNREACH|DOWN)|ENET(UNREACH|DOWN))$/;
/** What pg and Kysely say of a connection that does not answer, or is gone: without a code. */
const NO_ANSWER = /^(timeout e|Query read timeout|(Connection|Postgres connection) )/;

/** Whether a PostgreSQL cannot be reached or used at present. A wrong name or password gets no better by itself. */
export function isAway(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  if (isAway(error.cause)) return true;
  if (!('code' in error) || error.code === undefined) return NO_ANSWER.test(error.message);
  return [NETWORK, PASSING].some((codes) => codes.test(String(error.code)));
}
