import { parseArgs } from 'node:util';
import { moveLedger, placeOf } from './storage/ledger/move/move-ledger.ts';

/** What a database says of its causes is for whoever runs this: it names hosts and tables, and no password. */
function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const words = error.message || ('code' in error ? String(error.code) : error.name);
  return error.cause === undefined ? words : `${words}\n  ${describe(error.cause)}`;
}

const USAGE = `Name where the ledger is and where it should go, with the bot stopped:
  npm run move -- sqlite://data/paperboy.sqlite postgres://user@host/database
  npm run move -- postgres://user@host/database sqlite://data/paperboy.sqlite
The password of PostgreSQL is best given as PGPASSWORD.`;

try {
  const [from, to, ...rest] = parseArgs({ allowPositionals: true }).positionals;
  if (from === undefined || to === undefined || rest.length > 0) throw new Error(USAGE);
  const tables = await moveLedger({
    from,
    to,
    log: { error: () => undefined },
    onMoved: ({ table, rows, hash }) =>
      console.log(`${table}: ${rows} rows, ${hash.slice(0, 12)} at both ends`),
  });
  const rows = tables.reduce((sum, table) => sum + table.rows, 0);
  console.log(`${placeOf(to)} holds the ledger now: ${rows} rows in ${tables.length} tables.`);
  console.log('Now name it in DATABASE_URL, and start the bot. Do not start it on the old one again:');
  console.log('what is sent from now on is known to the new one alone.');
} catch (error) {
  console.error(describe(error));
  process.exitCode = 1;
}
