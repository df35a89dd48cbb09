import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { Payload } from '../forwarder/forwarder.ts'

const compress = promisify(gzip)
/** Costs a third of the usual 6 and saves nearly as much. */
const level = 1

/** A request with one signal, compressed. */
export async function makePayload(
  signal: 'metrics' | 'logs',
  encoded: Buffer,
  count: number,
): Promise<Payload> {
  return {
    route: `/v1/${signal}`,
    contentType: 'application/x-protobuf',
    contentEncoding: 'gzip',
    body: await compress(encoded, { level }),
    count,
  }
}
