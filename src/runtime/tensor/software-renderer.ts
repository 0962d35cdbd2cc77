/** Names by which software renderers give themselves away (ANGLE's SwiftShader, Mesa's llvmpipe, Windows' WARP). */
const softwareNames = /swiftshader|llvmpipe|softpipe|basic render|software/i;

/**
 * Whether WebGL here is drawn by the processor. It computes the same as a GPU, 10 to 25 times slower than wasm, so
 * it is not worth measuring. A browser that hides the renderer's name is taken to have a GPU.
 */
export function rendersInSoftware(): boolean {
  const context = new OffscreenCanvas(1, 1).getContext('webgl2');
  if (!context) return false;
  const names = context.getExtension('WEBGL_debug_renderer_info');
  const renderer: unknown = context.getParameter(names ? names.UNMASKED_RENDERER_WEBGL : context.RENDERER);
  context.getExtension('WEBGL_lose_context')?.loseContext();
  return typeof renderer === 'string' && softwareNames.test(renderer);
}
