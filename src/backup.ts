import { existsSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { loadConfig } from '../config/load-config.ts';
import { backUpState } from './storage/back-up-state.ts';

if (existsSync('.env')) process.loadEnvFile('.env');
try {
  const [file] = parseArgs({ allowPositionals: true }).positionals;
  if (file === undefined) throw new Error('Name a file that does not exist yet: npm run backup -- FILE');
  const { databaseUrl } = loadConfig(process.env, { discord: false });
  const { destinations } = backUpState(databaseUrl, file);
  console.log(`${file} holds the state of now, with ${destinations} destinations; it was read through.`);
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}
