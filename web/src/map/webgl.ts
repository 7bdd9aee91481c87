/** Whether the browser can draw with WebGL 2. It may be missing, switched off or blocked. */
export function hasWebgl(): boolean {
  const context = document.createElement('canvas').getContext('webgl2');
  // Browsers allow a page few contexts: this one is given back.
  context?.getExtension('WEBGL_lose_context')?.loseContext();
  return context !== null;
}
