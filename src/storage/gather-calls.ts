/** Makes the calls of one turn of the event loop into one, which settles all of them. */
export function gatherCalls(work: () => Promise<void>): () => Promise<void> {
  let call: Promise<void> | undefined;
  return async () => {
    call ??= new Promise<void>((resolve, reject) => {
      setImmediate(() => {
        call = undefined;
        work().then(resolve, reject);
      });
    });
    return call;
  };
}
