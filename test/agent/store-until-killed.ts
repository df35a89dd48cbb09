import { writeSync } from 'node:fs'
import { argv } from 'node:process'
import { Spool } from '../../src/sinks/forwarder/disk/spool.ts'
import { EndpointRecord } from '../../src/sinks/forwarder/endpoint-record.ts'
import { makeEntry } from '../../src/sinks/forwarder/entry.ts'
import type { ForwarderContext } from '../../src/sinks/forwarder/forwarder.ts'
import { directOutbound, makeForwarderSettings, makeTelemetry } from './environment.ts'

/*
 * Writes payloads to disk as fast as it can until it is killed, and prints the number of each once it is said to be
 * there. Its argument is the folder.
 */
const [, , folder = ''] = argv
const destination = { name: 'x', url: 'http://127.0.0.1:9', headers: () => ({}) }
const telemetry = makeTelemetry()
const disk = { maxBytes: 1e9, maxUsedRatio: 1, outdatedMs: 1e12, folder }
const context: ForwarderContext = {
  settings: makeForwarderSettings({ disk }),
  outbound: directOutbound,
  telemetry,
  clock: Date.now,
  deadline: new AbortController().signal,
}
const spool = new Spool(destination, context, new EndpointRecord(destination, telemetry))
for (let sequence = 1; ; sequence += 1) {
  const body = Buffer.alloc(20_000, String(sequence))
  const payload = { route: '/r', contentType: 'text/plain', body, count: 1 }
  if ((await spool.store('/r', [makeEntry(payload, sequence, Date.now())])) === 1)
    writeSync(1, `${sequence}\n`)
}
