/**
 * Gives the memory behind a buffer back at once: what waits for the garbage collector can be more than all the rest. Nobody may
 * read the buffer afterwards, nor another piece of the same memory.
 */
export function letGo({ buffer }: Buffer): void {
  // Small ones share theirs with others.
  if (buffer instanceof ArrayBuffer && buffer.byteLength > Buffer.poolSize) buffer.transfer(0)
}
