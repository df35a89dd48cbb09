import type { IncomingMessage } from 'node:http'

const longestMs = 500
const mostBytes = 256 * 1024 * 1024

/**
 * Reads what is left of a body and throws it away, up to 256 MiB. A connection that is closed while its sender still writes is
 * reset, and then the sender never sees the answer that says what was wrong.
 * @param withinMs Who sends slower than this gets the answer before the end of the body.
 * @returns Whether the body has ended.
 */
export function discardBody(
  request: IncomingMessage,
  withinMs: number = longestMs,
): Promise<boolean> {
  if (request.readableEnded || request.destroyed) return Promise.resolve(request.complete)
  return new Promise((resolve) => {
    const timer = setTimeout(finish, withinMs)
    let bytes = 0
    function count(chunk: Buffer): void {
      bytes += chunk.length
      if (bytes > mostBytes) finish()
    }
    function finish(): void {
      clearTimeout(timer)
      request.off('data', count).off('end', finish).off('close', finish)
      resolve(request.complete)
    }
    request.on('data', count).once('end', finish).once('close', finish).resume()
  })
}
