import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config/load-config.ts';
import { backUpLedger } from './storage/back-up-ledger.ts';

if (existsSync('.env')) process.loadEnvFile('.env');
try {
  const [file] = parseArgs({ allowPositionals: true }).positionals;
  if (file === undefined) throw new Error('Name a file that does not exist yet: npm run backup -- FILE');
  const { databaseUrl } = loadConfig(process.env, { discord: false });
  const { destinations } = backUpLedger(databaseUrl, file);
  console.log(`${file} holds the ledger of now, with ${destinations} destinations; it was read through.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
