import { expect, it } from 'vitest';
import { isPostgresInstalled, startOwnPostgres } from '../../../playground/postgres/own-postgres.ts';

it(
  'a server of its own is there again after it was killed, and not any more once it was removed',
  { timeout: 60_000 },
  async (context) => {
    if (!isPostgresInstalled()) context.skip('PostgreSQL is not installed');
    const postgres = await startOwnPostgres();
    await postgres.query('CREATE TABLE kept AS SELECT 7 AS n');

    await postgres.kill();
    await expect(postgres.query('SELECT 1')).rejects.toThrow('ECONNREFUSED');
    await postgres.start();
    expect(await postgres.query('SELECT n FROM kept')).toEqual([{ n: 7 }]);

    await postgres.kill();
    await postgres.remove();
    await postgres.start();
    await expect(postgres.query('SELECT 1')).rejects.toThrow('ECONNREFUSED');
  },
);
