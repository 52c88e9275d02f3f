import { spawn } from 'node:child_process';
import { once } from 'node:events';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Figures } from '../schema.ts';

export interface RunOptions {
  readonly seed: string;
  readonly minutes: string;
  readonly channels: string;
  /** Those that may come; all when absent. */
  readonly faults?: string;
  /** Those that come before all others. */
  readonly first?: string;
  /** Options of the run, such as `--replicas 3 --postgres`. */
  readonly needs?: string;
  /** The checkout whose bot is run, until somebody complains; this one, to the end, when absent. */
  readonly root?: string;
}

/** What one run said; without figures it broke off. */
export interface RunResult {
  readonly isClean: boolean;
  readonly figures: Figures | undefined;
  readonly lastWords: string;
}

const LONGEST_MS = 15 * 60_000;
const KEPT_LINES = 30;

/** One run in a process of its own, so that nothing of one is left in the next. */
export async function runOnce({ root, needs, ...given }: RunOptions): Promise<RunResult> {
  const args = Object.entries(given).flatMap(([name, value]) => [`--${name}`, value]);
  if (needs !== undefined) args.push(...needs.split(' '));
  if (root !== undefined) args.push('--root', root, '--hasty');
  const child = spawn(process.execPath, [path.join(import.meta.dirname, '../run.ts'), ...args], {
    stdio: ['ignore', 'pipe', 'pipe'],
    timeout: LONGEST_MS,
  });
  let figures: Figures | undefined;
  const lines: string[] = [];
  createInterface({ input: child.stdout }).on('line', (line) => {
    if (line.startsWith('{')) figures = Figures.safeParse(line).data ?? figures;
  });
  createInterface({ input: child.stderr }).on('line', (line) => {
    lines.push(line);
    if (lines.length > KEPT_LINES) lines.shift();
  });
  await once(child, 'close');
  return { isClean: child.exitCode === 0, figures, lastWords: lines.join('\n') };
}
