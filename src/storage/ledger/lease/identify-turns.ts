import { setTimeout } from 'node:timers/promises';
import type { Client } from 'pg';

/** https://docs.discord.com/developers/events/gateway#rate-limiting */
const APART_MS = 5_000;
/** A stopped process would keep its turn for ever: the server ends that. */
const KEPT_MS = APART_MS + 1_000;

/**
 * Processes of one bot begin gateway sessions one after the other, those of each kind (of Discord's `max_concurrency`)
 * five seconds apart. Resolves as soon as it is this one's turn; raises what pg raises, or the reason of an abort.
 */
export async function takeTurnToIdentify(
  connect: () => Promise<Client>,
  { kind, signal }: { readonly kind: number; readonly signal: AbortSignal },
): Promise<void> {
  signal.throwIfAborted();
  const connecting = connect();
  const leave = () => void connecting.then((client) => client.end()).catch(() => undefined);
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const abort = () => reject(signal.reason);
  signal.addEventListener('abort', abort, { once: true });
  try {
    await Promise.race([waitForTurn(connecting, kind), aborted]);
  } catch (error) {
    leave();
    throw error;
  } finally {
    signal.removeEventListener('abort', abort);
  }
  // The end of the connection lets go of it.
  void setTimeout(APART_MS, undefined, { ref: false }).then(leave);
}

/** In a transaction, which a pooler keeps on one connection. */
async function waitForTurn(connecting: Promise<Client>, kind: number): Promise<void> {
  const client = await connecting;
  const schema = `hashtext('paperboy sessions ' || current_schema())`;
  await client.query(`BEGIN; SET LOCAL idle_in_transaction_session_timeout = ${KEPT_MS};
    SELECT pg_advisory_xact_lock(${schema}, ${kind})`);
}
