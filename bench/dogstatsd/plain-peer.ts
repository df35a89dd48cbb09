// What one writes without thinking of speed: `node:dgram`, `split`, a `Map`. A process that takes metrics by UDP, adds
// them up, and tells by message when it listens, and its tally when it is asked.
import { createSocket } from 'node:dgram'
import { counterNames } from './load.ts'
import { receiverPort } from './stage.ts'
import type { PeerTally } from './peers.ts'

const flushEveryMs = 10_000

interface Samples {
  readonly type: string
  readonly name: string
  readonly values: number[]
  readonly members: Set<string>
  sum: number
  last: number
}

const contexts = new Map<string, Samples>()
const tally: PeerTally = { packets: 0, metrics: 0, counted: 0, flushedAtMs: 0 }

if (import.meta.main) {
  const socket = createSocket('udp4')
  socket.on('message', (bytes) => {
    tally.packets += 1
    for (const line of bytes.toString().split('\n')) take(line)
  })
  socket.bind(receiverPort, '127.0.0.1', () => process.send?.('open'))
  setInterval(flush, flushEveryMs)
  process.on('message', () => process.send?.(tally))
  process.on('disconnect', () => process.exit())
}

function take(line: string): void {
  tally.metrics += 1
  const [head = '', type = '', ...fields] = line.split('|')
  const colon = head.indexOf(':')
  const name = head.slice(0, colon)
  const value = head.slice(colon + 1)
  const rate = Number(fields.find((field) => field.startsWith('@'))?.slice(1) ?? 1)
  const tags = fields.find((field) => field.startsWith('#'))?.slice(1) ?? ''
  const key = `${type}|${name}|${tags.split(',').toSorted().join(',')}`
  let samples = contexts.get(key)
  if (samples === undefined) {
    samples = { type, name, values: [], members: new Set(), sum: 0, last: 0 }
    contexts.set(key, samples)
  }
  if (type === 'c') samples.sum += Number(value) / rate
  else if (type === 'g') samples.last = Number(value)
  else if (type === 's') samples.members.add(value)
  else samples.values.push(Number(value))
}

/** Makes of each context what would be sent. */
function flush(): void {
  const series: { readonly name: string; readonly value: number | undefined }[] = []
  for (const { type, name, sum, last, members, values } of contexts.values()) {
    if (type === 'c') series.push({ name, value: sum / 10 })
    else if (type === 'g') series.push({ name, value: last })
    else if (type === 's') series.push({ name, value: members.size })
    else {
      const sorted = values.toSorted((a, b) => a - b)
      series.push({ name: `${name}.median`, value: sorted[sorted.length >> 1] })
      series.push({ name: `${name}.95percentile`, value: sorted[(sorted.length * 0.95) | 0] })
    }
    if (type === 'c' && counterNames.some((counter) => name.startsWith(counter)))
      tally.counted += sum
  }
  contexts.clear()
  tally.flushedAtMs = Date.now()
}
