/** Makes calls of one turn of the event loop into one call with all that they were given; it settles all of them. */
export function gatherCalls<T>(work: (given: readonly T[]) => Promise<void>): (one: T) => Promise<void> {
  let gathered: T[] = [];
  let call: Promise<void> | undefined;
  return async (one) => {
    gathered.push(one);
    call ??= new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        const given = gathered;
        gathered = [];
        call = undefined;
        work(given).then(resolve, reject);
      });
    });
    return call;
  };
}
