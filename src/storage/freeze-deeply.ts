/** What is frozen down to the last part already; a change of a large value shares most of it with the one before. */
const frozen = new WeakSet<object>();

/** Makes a value of plain objects and lists unchangeable, down to the last part. */
export function freezeDeeply<T>(value: T): T {
  if (typeof value !== 'object' || value === null || frozen.has(value)) return value;
  for (const part of Object.values(value)) freezeDeeply(part);
  frozen.add(value);
  return Object.freeze(value);
}

/** A copy that nobody can change, whatever happens to the original. */
export function copyFrozen<T>(value: T): T {
  return freezeDeeply(structuredClone(value));
}
