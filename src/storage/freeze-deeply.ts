/** Makes a value of plain objects and lists unchangeable, down to the last part. */
export function freezeDeeply<T>(value: T): T {
  if (typeof value !== 'object' || value === null) return value;
  for (const part of Object.values(value)) freezeDeeply(part);
  return Object.freeze(value);
}

/** A copy that nobody can change, whatever happens to the original. */
export function copyFrozen<T>(value: T): T {
  return freezeDeeply(structuredClone(value));
}
