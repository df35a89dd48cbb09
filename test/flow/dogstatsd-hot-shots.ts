// A program that uses the npm client `hot-shots` as any program would, run inside a container:
// `node test/flow/dogstatsd-hot-shots.ts '<ClientOptions as JSON>'`. It sends everything the client offers, says `sent` and
// stays, as a service does.
import { StatsD, type ClientOptions } from 'hot-shots'
import { connect } from 'node:net'
import { Transform } from 'node:stream'

/** Names of metrics, each behind the client's prefix, with what is to arrive. */
export const expectedCounts: Readonly<Record<string, number>> = {
  counter: 10,
  sampled: 100,
  'histogram.count': 100,
  'timing.count': 3,
  'sampled_timing.count': 100,
}
export const expectedGauges: Readonly<Record<string, number>> = {
  gauge: 42.5,
  // DogStatsD knows no steps: the sign is the number's.
  step: -3,
  'histogram.max': 100,
  'histogram.median': 50,
  'histogram.avg': 50.5,
  'histogram.95percentile': 95,
  'timing.max': 30,
  'timing.median': 20,
  set: 3,
  unique: 2,
}
/** Values from 1 to this, each once. */
export const distributionSize = 1000

if (import.meta.main) {
  const { stream: socketPath, ...options }: ClientOptions & { readonly stream?: string } =
    JSON.parse(process.argv[2] ?? '')
  const client = new StatsD({
    ...options,
    ...(socketPath !== undefined && { stream: openFramed(socketPath) }),
    globalTags: { team: 'blue' },
    includeDatadogTelemetry: true,
    errorHandler: (error) => {
      throw error
    },
  })
  sendAll(client)
  client.close(() => console.log('sent'))
  setInterval(() => undefined, 60_000)
}

function sendAll(client: StatsD): void {
  client.increment('counter')
  client.increment('counter', 5, { shape: 'round' })
  client.increment('counter', 8)
  client.decrement('counter', 4)
  sampleByTurns(() => {
    for (let time = 0; time < 100; time += 1) client.increment('sampled', 1, 0.5)
    for (let time = 0; time < 100; time += 1) client.timing('sampled_timing', 5, 0.5)
  })
  client.gauge('gauge', 1)
  client.gauge('gauge', 42.5)
  client.gaugeDelta('step', 7)
  client.gaugeDelta('step', -3)
  for (let value = 1; value <= 100; value += 1) client.histogram('histogram', value)
  for (const ms of [10, 20, 30]) client.timing('timing', ms)
  client.timer(() => undefined, 'timer')()
  for (let value = 1; value <= distributionSize; value += 1)
    client.distribution('distribution', value)
  for (const user of ['ann', 'ben', 'ann', 'cid']) client.set('set', user)
  for (const user of [1, 2, 1]) client.unique('unique', user)
  const timestamp = Math.floor(Date.now() / 1000) - 45
  client.gauge('timed', 7, { timestamp, tags: [`at:${timestamp}`] })
  client.event(
    'deployed',
    'line one\nline two',
    {
      alert_type: 'warning',
      priority: 'low',
      aggregation_key: 'release',
      source_type_name: 'ci',
    },
    { version: '7' },
  )
  client.check('alive', client.CHECKS.WARNING, { message: 'slow: 3 s' }, { version: '7' })
}

/** The client's dice fall on one side and then on the other. */
function sampleByTurns(run: () => void): void {
  const { random } = Math
  let times = 0
  Math.random = () => ((times += 1) % 2 === 0 ? 0.25 : 0.75)
  run()
  Math.random = random
}

/** The agent's socket for streams wants the length of each packet in front; what the client writes at once is one. */
function openFramed(path: string): Transform {
  const framing = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      const length = Buffer.alloc(4)
      length.writeUInt32LE(chunk.length)
      done(undefined, Buffer.concat([length, chunk]))
    },
  })
  framing.pipe(connect(path))
  return framing
}
