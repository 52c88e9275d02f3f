import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config/load-config.ts';
import { restoreLedger } from './storage/restore-ledger.ts';
import { systemClock } from './system-clock.ts';

if (existsSync('.env')) process.loadEnvFile('.env');
try {
  const [from] = parseArgs({ allowPositionals: true }).positionals;
  if (from === undefined) throw new Error('Name a backup: npm run restore -- FILE');
  const { databaseUrl: url } = loadConfig(process.env, { discord: false });
  const { destinations, before } = restoreLedger({ url, from, now: systemClock.now() });
  console.log(`${from} is restored, with ${destinations} destinations.`);
  if (before !== undefined) console.log(`What was there before is kept as ${before}.`);
  console.log('Now start the bot: npm start. Papers delivered since that backup may come once more.');
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
