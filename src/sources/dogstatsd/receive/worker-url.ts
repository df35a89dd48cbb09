/** Our own worker: as source while it is developed, and as emitted beside this file. */
export const workerUrl: URL = import.meta.url.endsWith('.ts')
  ? new URL('./worker.ts', import.meta.url)
  : new URL('./worker.js', import.meta.url)
