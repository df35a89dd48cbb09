import assert from 'node:assert/strict'
import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { mask } from '../../../docker/mask-secrets.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import { readKeptConfig } from './read-kept-config.ts'

const never = '0001-01-01T00:00:00Z'
const id = 'c0ffee'.padEnd(64, '0')
/** As Docker 20.10 writes it when a container is made; what is not read is left out. */
const config = {
  StreamConfig: {},
  State: {
    Running: false,
    Paused: false,
    Restarting: false,
    Dead: false,
    Pid: 0,
    ExitCode: 0,
    StartedAt: never,
    FinishedAt: never,
  },
  ID: id,
  Created: '2026-11-21T21:00:00.123456789Z',
  Path: 'sh',
  Args: ['-c', 'echo hello'],
  Config: {
    Image: 'shop/web:1',
    Env: ['DD_SERVICE=shop', 'DB_PASSWORD=hunter2'],
    Labels: { 'com.datadoghq.ad.logs': '[{"source":"web"}]', api_token: 'x' },
    Tty: true,
  },
  Image: 'sha256:1234',
  LogPath: '',
  Name: '/web',
  RestartCount: 0,
}

function read(files: Readonly<Record<string, unknown>>): EngineContainer | undefined {
  using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-kept-'))
  for (const [name, content] of Object.entries(files))
    writeFileSync(
      join(folder.path, name),
      typeof content === 'string' ? content : JSON.stringify(content),
    )
  return readKeptConfig(folder.path, new Set())
}

describe('readKeptConfig()', () => {
  const host = { LogConfig: { Type: 'local', Config: {} }, NetworkMode: 'default' }

  test('reads who it is and how it logs, as an inspect would tell it', () => {
    const container = read({ 'config.v2.json': config, 'hostconfig.json': host })
    assert.ok(container)
    const { name, image, imageId, state, createdAtMs } = container
    assert.deepEqual(
      [container.id, name, image, imageId, state],
      [id, 'web', 'shop/web:1', 'sha256:1234', 'created'],
    )
    assert.equal(createdAtMs, Date.parse('2026-11-21T21:00:00.123Z'))
    assert.deepEqual(container.log, {
      driver: 'local',
      path: '',
      isTty: true,
      label: '[{"source":"web"}]',
    })
  })

  test('masks secrets as everywhere', () => {
    const container = read({ 'config.v2.json': config, 'hostconfig.json': host })
    assert.deepEqual(container?.env, ['DD_SERVICE=shop', `DB_PASSWORD=${mask}`])
    assert.equal(container?.labels['api_token'], mask)
  })

  for (const [change, state] of [
    [{ Running: true, StartedAt: '2026-11-21T21:00:01Z' }, 'running'],
    [{ Running: true, Paused: true, StartedAt: '2026-11-21T21:00:01Z' }, 'paused'],
    [
      { StartedAt: '2026-11-21T21:00:01Z', FinishedAt: '2026-11-21T21:00:02Z', ExitCode: 3 },
      'exited',
    ],
  ] as const) {
    test(`tells ${state} from ${Object.keys(change).join(', ')}`, () => {
      const kept = { ...config, State: { ...config.State, ...change } }
      assert.equal(read({ 'config.v2.json': kept, 'hostconfig.json': host })?.state, state)
    })
  }

  test('gives nothing while a file is missing, half written or of something else', () => {
    assert.equal(read({ 'config.v2.json': config }), undefined)
    assert.equal(read({ 'hostconfig.json': host }), undefined)
    assert.equal(read({ 'config.v2.json': '{"ID":"c0', 'hostconfig.json': host }), undefined)
    assert.equal(read({ 'config.v2.json': [], 'hostconfig.json': host }), undefined)
  })
})
