import { AsyncLocalStorage } from 'node:async_hooks';

const checks = new AsyncLocalStorage<() => boolean>();

/**
 * Runs a task whose requests ask `mayLeave` right before they leave. It reaches them through discord.js, which hands on
 * nothing of the caller's but the request.
 */
export function withLastCheck<T>(mayLeave: () => boolean, task: () => Promise<T>): Promise<T> {
  return checks.run(mayLeave, task);
}

/** The check of the task that asks. */
export function currentCheck(): () => boolean {
  return checks.getStore() ?? (() => true);
}
