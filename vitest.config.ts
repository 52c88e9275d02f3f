import { defineConfig } from 'vitest/config';

export default defineConfig({
  test: {
    include: ['test/**/*.test.ts'],
    testTimeout: 60_000,
    hookTimeout: 60_000,
    // Node strips types by WebAssembly, in each thread of its own. V8 then makes faster wrappers of the functions that are
    // called often, and two threads that do so at once can crash the process: https://github.com/nodejs/node/issues/64500
    execArgv: ['--wasm-wrapper-tiering-budget=1000000000', '--import=./src/compile-cache.mjs'],
  },
});
