import { Agent, request } from 'node:http'
import { promisify } from 'node:util'
import { constants, zstdCompress } from 'node:zlib'
import { encodeBlock } from '../../../src/wire/logs/encode-block.ts'
import type { LineMaker } from './line-maker.ts'

const compress = promisify(zstdCompress)
/** What one block of the agent holds: 4 MiB of messages. */
const blockLines = 20_000
const onTheWay = 8

/** What was sent and acknowledged. */
export interface SentLines {
  readonly lineCount: number
  /** Bytes of their messages. */
  readonly rawBytes: number
  readonly wireBytes: number
}

/** Posts lines as our agent does, some blocks at a time; a busy server is asked again. */
export async function sendLines(
  maker: LineMaker,
  lineCount: number,
  server: { readonly url: string; readonly key: string },
): Promise<SentLines> {
  const agent = new Agent({ keepAlive: true, maxSockets: onTheWay })
  const sent = { lineCount: 0, rawBytes: 0, wireBytes: 0 }
  const send = async (): Promise<void> => {
    while (sent.lineCount < lineCount) {
      const block = maker.next(Math.min(blockLines, lineCount - sent.lineCount))
      sent.lineCount += block.lineCount
      sent.rawBytes += block.messages.length
      const params = { [constants.ZSTD_c_compressionLevel]: 1 }
      const body = await compress(encodeBlock(block), { params })
      sent.wireBytes += body.length
      let status = 0
      while (status !== 202) {
        status = await post(`${server.url}/api/vigie/v1/logs`, { body, agent, key: server.key })
        if (![202, 429, 503].includes(status)) throw new Error(`The server answered ${status}`)
      }
    }
  }
  await Promise.all(Array.from({ length: onTheWay }, send))
  agent.destroy()
  return sent
}

function post(
  url: string,
  { body, agent, key }: { readonly body: Buffer; readonly agent: Agent; readonly key: string },
): Promise<number> {
  return new Promise((resolve, reject) => {
    const headers = {
      'dd-api-key': key,
      'content-type': 'application/x-vigie-logs',
      'content-encoding': 'zstd',
      'content-length': body.length,
    }
    request(url, { method: 'POST', agent, headers }, (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0))
    })
      .once('error', reject)
      .end(body)
  })
}
