/**
 * Makes a value of plain objects and lists unchangeable, down to the last part. What is frozen already is taken to be so
 * all the way: nothing else here freezes, and a change of a large value shares most of it with the one before.
 */
export function freezeDeeply<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  for (const key in value) freezeDeeply(value[key]);
  return Object.freeze(value);
}
