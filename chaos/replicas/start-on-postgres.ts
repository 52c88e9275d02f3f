import path from 'node:path';
import { startOwnPostgres } from '../../playground/postgres/own-postgres.ts';
import type { Write } from '../audit/history.ts';
import { NO_DISK } from '../disk/synced-disk.ts';
import type { Bot, BotParts } from '../bot/start-bot.ts';
import { createReplicas } from './replicas.ts';
import { superviseReplicas } from './supervise-replicas.ts';

/** Any number of processes, whose ledger is a PostgreSQL of their own. Raises where that is not installed. */
export async function startOnPostgres({
  openGate,
  count,
  onWrite,
  ...settings
}: BotParts & { readonly count: number; readonly onWrite: (write: Write) => void }): Promise<Bot> {
  const { folder } = settings;
  const replicas = await createReplicas({
    count,
    postgres: await startOwnPostgres(),
    settings,
    archiveOf: (replica) => path.join(folder, `archive-${replica}.sqlite`),
    openGate,
    onWrite,
  });
  const supervisor = superviseReplicas(replicas);
  return {
    supervisor,
    disk: NO_DISK,
    paths: {
      state: path.join(folder, 'none.sqlite'),
      get archive() {
        return supervisor.archive;
      },
    },
    replicas,
    close: () => replicas.close(),
  };
}
