import path from 'node:path';
import project from '../package.json' with { type: 'json' };

/**
 * The flags that `npm start` gives Node, for the bot of the checkout in `root`. A heap that grows little by little and a
 * small young generation suit a process that mostly waits; the optimizing compiler for WebAssembly would take 22 MB for a
 * moment, when it comes to the HTTP parser, and the process often keeps most of it.
 */
export function startFlags(root = path.join(import.meta.dirname, '..')): readonly string[] {
  const flags = project.scripts.start.split(' ').filter((word) => word.startsWith('--'));
  return flags.map((flag) => flag.replace('=./', `=${root}/`));
}
