/** The script that starts LiteRT's wasm. The build adds the export to what is written as a plain script. */
declare module '@litertjs/core/wasm/*.js' {
  const factory: (module?: { readonly wasmBinary?: Uint8Array; readonly printErr?: (line: string) => void }) => Promise<unknown>;
  export default factory;
}
