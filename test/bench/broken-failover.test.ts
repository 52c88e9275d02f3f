import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { applyPatch } from '../../chaos/mutants/mutant.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const FOLDER = path.join(ROOT, 'bench/failover/broken');

describe('the broken bots of the failover bench', () => {
  it.for(readdirSync(FOLDER))('%s still applies', (name) => {
    expect(() => applyPatch(path.join(FOLDER, name), ROOT, '--check')).not.toThrow();
  });
});
