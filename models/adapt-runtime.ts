/**
 * Fits the runtimes to a bundle and to the page's policies.
 *
 * ONNX: our code hands over the verified wasm, so the address of another copy is taken out, or the bundler would ship
 * it too. LiteRT: its start script is written for a script element; as a module it needs an export in place of the
 * CommonJS one. tfjs's threads: see `trustThreads` and `trustInThread`.
 *
 * @returns the changed code, or undefined where nothing is to be changed
 * @throws Error when a file that must be changed no longer holds what is changed: a newer version of its package
 */
export function adaptRuntime(code: string, id: string): string | undefined {
  if (id.includes('/onnxruntime-web/')) return code.replaceAll('new URL("ort-wasm-simd-threaded.wasm",import.meta.url)', 'new URL("data:,")');
  if (/\/@litertjs\/core\/wasm\/[^/]+\.js(?:\?|$)/.test(id)) return code.replace(/\n\/\/ Export using a UMD style[\s\S]*$/, '\nexport default ModuleFactory;\n');
  if (id.includes(`${threads}.js`)) return trustThreads(code, id);
  if (id.includes(`${threads}.worker.js`)) return trustInThread(code, id);
  return undefined;
}

const threads = '/tfjs-backend-wasm/wasm-out/tfjs-backend-wasm-threaded-simd';

/** Takes `blob:` addresses of this origin only. The policy is made when first used: a global allows a policy's name once. */
const trusted = `(url=>{const own=url=>{if(!url.startsWith("blob:"+location.origin+"/"))throw new TypeError("no script of this app: "+url);return url};if(!self.trustedTypes)return own(url);self.lintelThreads??=self.trustedTypes.createPolicy("lintel-threads",{createScriptURL:own});return self.lintelThreads.createScriptURL(url)})`;

/**
 * The engine starts its threads by an address that the policy has seen. In place: tfjs turns this very function into
 * the text that its threads run, so it may refer to nothing around it. It asks whether `_scriptDir` around it is there;
 * a minifier sees that it is and drops the question, and then every thread ends with a ReferenceError. Nobody needs its
 * answer: the addresses of all files are given.
 */
function trustThreads(code: string, id: string): string {
  const alone = changed(code, 'typeof _scriptDir !== "undefined" && _scriptDir', 'false', id);
  return changed(alone, 'new Worker(pthreadMainJs)', `new Worker(${trusted}(pthreadMainJs))`, id);
}

/** The code of a thread, a text in a module, loads its engine by such an address too. */
function trustInThread(code: string, id: string): string {
  const once = changed(code, 'importScripts(e.data.urlOrBlob)', `importScripts(${trusted}(e.data.urlOrBlob))`, id);
  return changed(once, 'importScripts(objectUrl)', `importScripts(${trusted}(objectUrl))`, id);
}

function changed(code: string, from: string, to: string, id: string): string {
  if (!code.includes(from)) throw new Error(`${id} does not hold ${from}: see models/adapt-runtime.ts`);
  return code.replace(from, () => to);
}
