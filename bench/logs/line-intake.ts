// A process that takes log lines and counts them: `node bench/logs/line-intake.ts`. Its parent tells it how late it is to answer, and
// asks for its tally; where it listens it tells first.
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import { buffer } from 'node:stream/consumers'
import { setTimeout as sleep } from 'node:timers/promises'
import { zstdDecompressSync } from 'node:zlib'
import { decodeBlock } from '../../src/wire/logs/decode-block.ts'

/** What has arrived since the start. */
export interface LineTally {
  readonly lines: number
  readonly messageBytes: number
  readonly bodies: number
  readonly bodyBytes: number
  /** Sum of the numbers that lines begin with: tells whether each of them came, once. */
  readonly numbers: number
}

/** What the parent says. */
export type LineIntakeMessage = { readonly delayMs: number } | 'tally'

const tally = { lines: 0, messageBytes: 0, bodies: 0, bodyBytes: 0, numbers: 0 }
let delayMs = 0

if (import.meta.main) {
  const server = createServer((request, response) => {
    void answer(request, response)
  })
  server.keepAliveTimeout = 60_000
  server.listen(0, '127.0.0.1', () => {
    const address = server.address()
    process.send?.(typeof address === 'object' ? address?.port : 0)
  })
  process.on('message', (message: LineIntakeMessage) => {
    if (message === 'tally') process.send?.(tally)
    else delayMs = message.delayMs
  })
  process.on('disconnect', () => process.exit())
}

async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
  const body = await buffer(request)
  if (request.url === '/api/vigie/v1/logs') {
    take(body)
    if (delayMs > 0) await sleep(delayMs)
  }
  response.writeHead(202).end('{}')
}

function take(body: Buffer): void {
  const block = decodeBlock(zstdDecompressSync(body))
  tally.lines += block.lineCount
  tally.messageBytes += block.messages.length
  tally.bodies += 1
  tally.bodyBytes += body.length
  const text = Buffer.from(block.messages.buffer, block.messages.byteOffset, block.messages.length)
  for (let line = 0; line < block.lineCount; line += 1) {
    const start = block.messageOffsets[line] ?? 0
    tally.numbers += Number(text.toString('latin1', start, start + numberDigits))
  }
}

/** Digits of the number that each line begins with. */
export const numberDigits = 9
