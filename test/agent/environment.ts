import { setImmediate as nextTurn, setTimeout as sleep } from 'node:timers/promises'
import type { SinkContext } from '../../src/component/sink.ts'
import { openRules } from '../../src/component/container-rules.ts'
import type { DatadogSettings } from '../../src/component/datadog-settings.ts'
import type { ForwarderSettings } from '../../src/component/forwarder-settings.ts'
import type { OutboundSettings } from '../../src/component/outbound-settings.ts'
import { noControl } from '../../src/component/no-control.ts'
import { createContainerBoard } from '../../src/component/create-container-board.ts'
import { createContainerReadings } from '../../src/component/create-container-readings.ts'
import { createWatchedContainers } from '../../src/component/watched-containers.ts'
import { noLogDelivery } from '../../src/component/no-log-delivery.ts'
import { createTagger } from '../../src/component/create-tagger.ts'
import type { Environment, SourceContext } from '../../src/component/source.ts'
import { openLog } from '../../src/telemetry/log.ts'
import { createTelemetry, type Telemetry } from '../../src/telemetry/telemetry.ts'
import { patience } from '../patience.ts'
import { dogstatsdDefaults } from './dogstatsd-settings.ts'
import { logsDefaults } from './logs-settings.ts'

/** A host on which nothing is: no files, no engine; `change` puts something there. */
export function makeEnvironment(change: Partial<Environment> = {}): Environment {
  return {
    agentId: '5b9c6d0e-3f57-4a41-9a53-2f6c8e1d7b90',
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

/** Without proxy, with the system's certificates. */
export const directOutbound: OutboundSettings = {
  proxy: { noProxy: [], matchesEndings: false },
  tls: { isVerified: true, minVersion: 'TLSv1.2' },
}

/** Little room, short pauses, nothing on disk; `change` says what is otherwise. */
export function makeForwarderSettings(change: Partial<ForwarderSettings> = {}): ForwarderSettings {
  return {
    timeoutMs: 1000,
    connections: 8,
    memoryBytes: 1_000_000,
    disk: { maxBytes: 0, maxUsedRatio: 1, outdatedMs: 864_000_000, folder: '' },
    backOff: { baseMs: 10, maxMs: 100, factor: 2, recovery: 2, resets: false },
    ...change,
  }
}

/** Nobody beside our own server. */
const noDatadog: DatadogSettings = {
  destinations: [],
  series: 'v2',
  compression: 'zstd',
  compressionLevel: 1,
  limits: {
    bytes: 4_194_304,
    compressedBytes: 2_621_440,
    seriesBytes: 5_242_880,
    seriesCompressedBytes: 512_000,
    seriesPoints: 10_000,
  },
  logs: {
    destinations: [],
    compression: 'zstd',
    compressionLevel: 1,
    batchBytes: 5_000_000,
    batchLines: 1000,
  },
}

/** The real thing, with a log that says nothing. */
export function makeTelemetry(): Telemetry {
  return createTelemetry(openLog('silent', 'test'))
}

/** For a source on that host, which nobody stops and nobody listens to; `change` says what is otherwise. */
export function makeSourceContext(change: Partial<SourceContext> = {}): SourceContext {
  return {
    signal: new AbortController().signal,
    stopWithinMs: 1000,
    clock: Date.now,
    environment: makeEnvironment(),
    telemetry: makeTelemetry(),
    tagger: createTagger(),
    board: createContainerBoard(),
    readings: createContainerReadings(),
    watched: createWatchedContainers(Date.now),
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
    outbound: directOutbound,
    forwarder: makeForwarderSettings(),
    datadog: noDatadog,
    board: createContainerBoard(),
    readings: createContainerReadings(),
    deadline: new AbortController().signal,
    ...change,
  }
}

/**
 * What `promise` resolves to.
 * @throws {Error} When that takes longer than `ms`, times `VIGIE_TEST_PATIENCE`.
 */
export async function within<T>(ms: number, promise: Promise<T>): Promise<T> {
  const inTime = new AbortController()
  const late = async (): Promise<never> => {
    await sleep(ms * patience, undefined, { signal: inTime.signal })
    throw new Error(`It took longer than ${ms * patience} ms`)
  }
  try {
    return await Promise.race([promise, late()])
  } finally {
    inTime.abort()
  }
}

/**
 * Resolves once `isSo` holds, which is asked for again and again.
 * @throws {Error} When it does not within five seconds, times `VIGIE_TEST_PATIENCE`.
 */
export async function until(isSo: () => boolean): Promise<void> {
  const endMs = performance.now() + 5000 * patience
  while (!isSo()) {
    if (performance.now() > endMs) throw new Error(`Waited in vain for ${String(isSo)}`)
    await nextTurn()
  }
}
