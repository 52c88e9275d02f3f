import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import type { Figure } from '../figure.ts';
import { startFlags } from '../../playground/start-flags.ts';
import { EngineReport } from '../schema.ts';
import type { EngineName } from './engine.ts';

const SCRIPT = path.join(import.meta.dirname, 'measure-engine.ts');
const execute = promisify(execFile);

/** `grow` builds from ten times as many papers as there are; `both` builds and asks. */
export type Step = 'build' | 'grow' | 'query' | 'both';

/** Measures an engine in a process for each step; ours has the memory of `npm start`, the others what Node gives them. */
export async function runEngine(
  engine: EngineName,
  steps: readonly Step[],
  files: readonly string[],
): Promise<readonly Figure[]> {
  const figures: Figure[] = [];
  for (const step of steps) {
    const flags = engine === 'archive' ? startFlags() : [];
    const { stdout } = await execute(process.execPath, [
      '--expose-gc',
      ...flags,
      SCRIPT,
      engine,
      step,
      ...files,
    ]);
    figures.push(...EngineReport.parse(stdout));
  }
  return figures.map((figure) => ({ ...figure, value: Number(figure.value.toPrecision(4)) }));
}
