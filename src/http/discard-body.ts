import type { IncomingMessage } from 'node:http'

const longestMs = 2000
const mostBytes = 256 * 1024 * 1024

/**
 * Reads what is left of a body and throws it away, for at most 2 s and 256 MiB. A connection that is closed while its
 * sender still writes is reset, and then the sender never sees the answer that says what was wrong.
 */
export function discardBody(request: IncomingMessage): Promise<void> {
  if (request.readableEnded || request.destroyed) return Promise.resolve()
  return new Promise((resolve) => {
    const timer = setTimeout(finish, longestMs)
    let bytes = 0
    function count(chunk: Buffer): void {
      bytes += chunk.length
      if (bytes > mostBytes) finish()
    }
    function finish(): void {
      clearTimeout(timer)
      request.off('data', count).off('end', finish).off('close', finish)
      resolve()
    }
    request.on('data', count).once('end', finish).once('close', finish).resume()
  })
}
