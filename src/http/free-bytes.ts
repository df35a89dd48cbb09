/** What is smaller may be a piece of memory that others use too, and is not worth it. */
const leastBytes = 128 * 1024

/**
 * Gives the memory of a large buffer back at once. The garbage collector counts what buffers hold as its own, and would look
 * through all that lives each time bodies have added up to 64 MB. Nobody may read the buffer, or a part of it, afterwards: it
 * is empty then.
 * @see ECMAScript, "ArrayBuffer.prototype.transfer"
 */
export function freeBytes(bytes: Uint8Array): void {
  const { buffer, byteLength } = bytes
  const isWhole = byteLength >= leastBytes && byteLength * 2 > buffer.byteLength
  if (isWhole && buffer instanceof ArrayBuffer) buffer.transfer(0)
}
