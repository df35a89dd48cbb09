import { stat } from 'node:fs/promises'
import { setImmediate as nextTurn } from 'node:timers/promises'
import type { TestContext } from 'node:test'
import type { ForwarderSettings } from '../../src/component/forwarder-settings.ts'
import type { EndpointReport } from '../../src/model/agent-report.ts'
import type { Payload } from '../../src/sinks/forwarder/forwarder.ts'
import { openForwarder } from '../../src/sinks/forwarder/open-forwarder.ts'
import type { Telemetry } from '../../src/telemetry/telemetry.ts'
import { directOutbound, makeForwarderSettings, makeTelemetry } from './environment.ts'

const startMs = 1_795_000_000_000
/** As the Datadog Agent does it. */
const datadogBackOff = { baseMs: 2000, maxMs: 64_000, factor: 2, recovery: 2, resets: false }

/** A forwarder in simulated time: hours pass in seconds, while connections and files are real. */
export interface ForwarderRun {
  readonly telemetry: Telemetry
  /** Warnings and errors of its log. */
  readonly told: readonly string[]
  /** Hands a payload with this text over. */
  readonly push: (text: string, change?: Partial<Payload>) => void
  /** Lets so many seconds pass, one after the other, each with time for what has to be done. */
  readonly pass: (seconds: number) => Promise<void>
  /** Lets time pass until something is so. @throws {Error} When it is not so within an hour. */
  readonly passUntil: (isSo: () => boolean) => Promise<void>
  readonly endpoint: () => EndpointReport
  readonly dropped: () => Readonly<Record<string, number>>
  /** Ends it at once: what is left is on disk or counted. */
  readonly stop: () => Promise<void>
}

/** What a run begins with; `folder` has its files. */
export interface ForwarderRunOptions {
  readonly url: string
  readonly name?: string
  readonly folder?: string
  readonly settings?: Partial<ForwarderSettings>
  readonly disk?: Partial<ForwarderSettings['disk']>
  readonly headers?: Readonly<Record<string, string>>
}

/** Stops the clock of this process for a test; once for all its forwarders. */
export function stopClock(t: TestContext): void {
  t.mock.timers.enable({ apis: ['setTimeout', 'setInterval', 'Date'], now: startMs })
}

/** Opens a forwarder for a test that has stopped the clock. */
export function runForwarder(t: TestContext, options: ForwarderRunOptions): ForwarderRun {
  const { url, name = 'x', folder = '', headers = {} } = options
  const telemetry = makeTelemetry()
  const told: string[] = []
  for (const level of ['warn', 'error'] as const)
    t.mock.method(telemetry.log, level, (...words: unknown[]) => told.push(String(words.at(-1))))
  const deadline = new AbortController()
  const maxBytes = folder === '' ? 0 : 2_000_000
  const settings = makeForwarderSettings({
    timeoutMs: 20_000,
    backOff: datadogBackOff,
    ...options.settings,
    disk: { maxBytes, maxUsedRatio: 1, outdatedMs: 864_000_000, folder, ...options.disk },
  })
  const forwarder = openForwarder(
    { name, url, headers: () => headers },
    {
      settings,
      outbound: directOutbound,
      telemetry,
      clock: Date.now,
      deadline: deadline.signal,
    },
  )
  const pass = async (seconds: number): Promise<void> => {
    for (let second = 0; second < seconds; second += 1) {
      t.mock.timers.tick(1000)
      await settle()
      // A disk that is busy with other tests takes real time; the clock waits for it.
      for (let round = 0; round < 200 && isWriting(); round += 1) await settle()
    }
  }
  const isWriting = (): boolean => {
    const [report] = telemetry.snapshot().endpoints
    return maxBytes > 0 && (report?.memoryBytes ?? 0) > settings.memoryBytes * 0.7
  }
  return {
    telemetry,
    told,
    push: (text, change) =>
      forwarder.push({
        route: '/api/v2/series',
        contentType: 'text/plain',
        body: Buffer.from(text),
        count: 1,
        ...change,
      }),
    pass,
    async passUntil(isSo) {
      for (let second = 0; !isSo(); second += 1) {
        if (second > 3600) throw new Error(`Waited in vain for ${String(isSo)}`)
        await pass(1)
        // What takes a busy machine long would time out on this clock each time: it slows down while something does not come.
        for (let round = 0; round < second / 100; round += 1) await settle()
      }
    },
    endpoint() {
      const [report] = telemetry.snapshot().endpoints
      if (report === undefined) throw new Error('It has been stopped')
      return report
    },
    dropped: () => telemetry.snapshot().dropped,
    stop() {
      deadline.abort()
      return forwarder.finish()
    },
  }
}

/** Gives sockets and the threads that work on files a moment, on a clock that stands still. */
async function settle(): Promise<void> {
  for (let round = 0; round < 8; round += 1) {
    await stat('/')
    await nextTurn()
  }
}
