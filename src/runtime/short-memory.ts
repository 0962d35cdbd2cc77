/** What engines of JavaScript and of WebAssembly say, and the guard of the wasm backend, when memory cannot be had. */
const saysSo = /out of memory|allocation failed|could not allocate|cannot allocate|unable to grow|allocation size overflow/i;

/** Whether a failure's detail tells that the device is short of memory: the work was right, and may go well in a smaller size. */
export function tellsOfShortMemory(detail: string): boolean {
  return saysSo.test(detail);
}
