import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { Collected } from '../../../test/agent/collected.ts'
import {
  makeEnvironment,
  makeSourceContext,
  makeTelemetry,
  within,
} from '../../../test/agent/environment.ts'
import { ShippedLines } from '../../../test/agent/log-tools.ts'
import { logsDefaults } from '../../../test/agent/logs-settings.ts'
import { createContainerBoard } from '../../component/create-container-board.ts'
import { noLogDelivery } from '../../component/no-log-delivery.ts'
import type { LogsSettings } from '../../component/logs-settings.ts'
import type { SourceContext } from '../../component/source.ts'
import logs from './source.ts'

const id = 'a'.repeat(64)

interface Running {
  readonly board: SourceContext['board']
  readonly telemetry: SourceContext['telemetry']
  readonly collected: Collected
  readonly shipped: ShippedLines
  readonly stop: () => Promise<void>
}

function run(
  settings: Partial<LogsSettings>,
  {
    dockerHost = 'unix:///nonexistent/docker.sock',
    ...change
  }: Partial<SourceContext> & { readonly dockerHost?: string } = {},
): Running {
  const stop = new AbortController()
  const board = createContainerBoard()
  const telemetry = makeTelemetry()
  const collected = new Collected()
  const shipped = new ShippedLines()
  const environment = makeEnvironment({ dockerHost, logs: { ...logsDefaults, ...settings } })
  const context = makeSourceContext({
    signal: stop.signal,
    board,
    telemetry,
    environment,
    emit: collected.emit,
    logDelivery: shipped,
    ...change,
  })
  const running = logs.run({}, context)
  return {
    board,
    telemetry,
    collected,
    shipped,
    async stop() {
      stop.abort()
      await within(1000, running)
    },
  }
}

function stateOf({ telemetry }: Running): readonly unknown[] {
  const report = telemetry.snapshot().sources.find(({ name }) => name === 'logs')
  return [report?.state, report?.message, report?.work?.notes]
}

describe('the source logs', { timeout: 60_000, concurrency: true }, () => {
  test('does nothing where logs are switched off, and says so', async () => {
    const running = run({ isEnabled: false })
    assert.deepEqual(stateOf(running), [
      'running',
      '',
      ['idle: logs are switched off by logs_enabled'],
    ])
    await running.stop()
  })

  test('reads nothing where nobody takes it', async () => {
    const running = run({}, { logDelivery: noLogDelivery })
    assert.deepEqual(stateOf(running), ['running', '', ['idle: no sink takes logs']])
    await running.stop()
  })

  test('reads a container that the board tells of, tells its ledger and stops in time', async () => {
    using root = mkdtempDisposableSync(join(tmpdir(), 'vigie-logs-'))
    const folder = join(root.path, 'containers', id)
    mkdirSync(folder, { recursive: true })
    const line = { log: 'hello\n', stream: 'stdout', time: '2026-11-21T21:00:00Z' }
    writeFileSync(join(folder, `${id}-json.log`), `${JSON.stringify(line)}\n`)
    const running = run({ dockerPath: root.path, collectsAll: true })
    running.board.put({
      id,
      name: 'web',
      image: 'nginx',
      runtime: 'docker',
      labels: {},
      tags: ['container_name:web'],
      state: 'running',
      createdAtMs: 0,
      log: { driver: 'json-file', path: '', isTty: false, label: '' },
    })
    assert.deepEqual(await within(2000, running.shipped.first(1)), ['hello'])
    const ledger = await running.collected.first('log-ledger', ({ sentLines }) => sentLines === 1)
    assert.deepEqual([ledger.containerName, ledger.way, ledger.readLines], ['web', 'file', 1])
    const [state, message, notes] = stateOf(running)
    assert.deepEqual([state, message], ['running', ''])
    assert.match(String(notes), /^containers: 1 from their files, 0 through the engine/)
    await running.stop()
  })

  test('goes on with all else where the address of the engine makes no sense', async () => {
    const running = run({}, { dockerHost: 'nonsense' })
    await running.collected.nextBatch()
    await running.collected.nextBatch()
    const [state, message] = stateOf(running)
    assert.equal(state, 'degraded')
    assert.match(String(message), /^Cannot use DOCKER_HOST "nonsense"/)
    await running.stop()
  })
})
