import { setTimeout as sleep } from 'node:timers/promises'
import type { SinkContext } from '../../src/component/sink.ts'
import { openRules } from '../../src/component/container-rules.ts'
import { noControl } from '../../src/component/no-control.ts'
import { createContainerBoard } from '../../src/component/create-container-board.ts'
import { noLogDelivery } from '../../src/component/no-log-delivery.ts'
import { createTagger } from '../../src/component/create-tagger.ts'
import type { Environment, SourceContext } from '../../src/component/source.ts'
import { openLog } from '../../src/telemetry/log.ts'
import { createTelemetry, type Telemetry } from '../../src/telemetry/telemetry.ts'
import { dogstatsdDefaults } from './dogstatsd-settings.ts'
import { logsDefaults } from './logs-settings.ts'

/** A host on which nothing is: no files, no engine; `change` puts something there. */
export function makeEnvironment(change: Partial<Environment> = {}): Environment {
  return {
    hostname: 'box-1',
    hostTags: [],
    procRoot: '/nonexistent/proc',
    cgroupRoot: '/nonexistent/cgroup',
    dockerHost: 'unix:///nonexistent/docker.sock',
    shouldVerifyDockerTls: false,
    dockerQueryTimeoutMs: 1000,
    containerRules: openRules,
    dogstatsd: dogstatsdDefaults,
    logs: logsDefaults,
    stateDir: '',
    version: '0.0.0-test',
    ...change,
  }
}

/** The real thing, with a log that says nothing. */
export function makeTelemetry(): Telemetry {
  return createTelemetry(openLog('silent', 'test'))
}

/** For a source on that host, which nobody stops and nobody listens to; `change` says what is otherwise. */
export function makeSourceContext(change: Partial<SourceContext> = {}): SourceContext {
  return {
    signal: new AbortController().signal,
    clock: Date.now,
    environment: makeEnvironment(),
    telemetry: makeTelemetry(),
    tagger: createTagger(),
    board: createContainerBoard(),
    logDelivery: noLogDelivery,
    control: noControl,
    emit: async () => {},
    ...change,
  }
}

/** For a sink whose server is nowhere and whose deadline is far; `change` says what is otherwise. */
export function makeSinkContext(change: Partial<SinkContext> = {}): SinkContext {
  return {
    environment: makeEnvironment(),
    telemetry: makeTelemetry(),
    clock: Date.now,
    serverUrl: 'http://127.0.0.1:9',
    apiKey: () => 'test-key',
    bufferBytes: 1_000_000,
    timeoutMs: 1000,
    deadline: new AbortController().signal,
    ...change,
  }
}

/**
 * What `promise` resolves to.
 * @throws {Error} When that takes longer than `ms`.
 */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const inTime = new AbortController()
  const late = async (): Promise<never> => {
    await sleep(ms, undefined, { signal: inTime.signal })
    throw new Error(`It took longer than ${ms} ms`)
  }
  try {
    return await Promise.race([promise, late()])
  } finally {
    inTime.abort()
  }
}
