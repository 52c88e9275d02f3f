import { execFileSync } from 'node:child_process';
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A broken copy of the bot, as a patch against this tree. */
export interface Mutant {
  readonly name: string;
  /** In plain words: the first line of the patch. */
  readonly mistake: string;
  /** The faults that it shows with, as its second line may name them: they come before all others. */
  readonly faults?: string;
  /** The options of the run that it needs, as its third line may name them. */
  readonly needs?: string;
  readonly file: string;
}

const ROOT = path.resolve(import.meta.dirname, '../..');
export const MUTANTS_FOLDER = import.meta.dirname;
const NOT_COPIED = new Set(['.git', 'node_modules', 'docs'].map((name) => path.join(ROOT, name)));

/** Those of a folder whose name is among `only`, where that is given. Raises `RangeError` for a name that nothing has. */
export function readMutants(folder: string, only?: readonly string[]): readonly Mutant[] {
  const names = readdirSync(folder)
    .filter((file) => file.endsWith('.patch'))
    .map((file) => path.basename(file, '.patch'))
    .toSorted();
  const unknown = only?.find((name) => !names.includes(name));
  if (unknown !== undefined) throw new RangeError(`there is no ${unknown}.patch in ${folder}`);
  return (only ?? names).map((name) => {
    const file = path.resolve(folder, `${name}.patch`);
    const [first = '', second = '', third = ''] = readFileSync(file, 'utf8').split('\n');
    const faults = /^Shows with: (.+)$/.exec(second)?.[1];
    const needs = /^Needs: (.+)$/.exec(third)?.[1];
    const mistake = /^(diff|---|Index:) /.test(first) ? '' : first;
    return {
      name,
      file,
      mistake,
      ...(faults === undefined ? {} : { faults }),
      ...(needs === undefined ? {} : { needs }),
    };
  });
}

/** A copy of this tree with the mistake in it; `remove` deletes it. Raises where the patch does not apply. */
export function buildCopy({ file }: Pick<Mutant, 'file'>): {
  readonly root: string;
  readonly remove: () => void;
} {
  const root = mkdtempSync(path.join(tmpdir(), 'paperboy-mutant-'));
  const remove = () => rmSync(root, { recursive: true, force: true });
  try {
    cpSync(ROOT, root, { recursive: true, filter: (one) => !NOT_COPIED.has(one) });
    symlinkSync(path.join(ROOT, 'node_modules'), path.join(root, 'node_modules'));
    applyPatch(file, root);
    return { root, remove };
  } catch (error) {
    remove();
    throw error;
  }
}

/** Raises with what git says where it does not apply. */
export function applyPatch(file: string, root: string, ...flags: readonly string[]): void {
  execFileSync('git', ['apply', ...flags, file], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'pipe'],
    // Within a repository git passes over what it does not track.
    env: { ...process.env, GIT_CEILING_DIRECTORIES: path.dirname(root) },
  });
}
