/** Does a piece of work while nobody else, in this tab or another one, does one under the same name; first come, first served. */
export type InTurn = <T>(name: string, work: () => Promise<T>) => Promise<T>;

/** By the browser's locks; in this tab alone where there are none. */
export function createInTurn(): InTurn {
  let last: Promise<unknown> = Promise.resolve();
  return async <T>(name: string, work: () => Promise<T>): Promise<T> => {
    if ('navigator' in globalThis && 'locks' in navigator) return await navigator.locks.request(name, work);
    const done = last.then(work);
    last = done.catch(() => undefined);
    return done;
  };
}
