import assert from 'node:assert/strict'
import { readdirSync, readFileSync, statSync } from 'node:fs'
import { describe, test } from 'node:test'
import { mask } from './mask-secrets.ts'
import { logLabel, parseInspect, type EngineContainer } from './parse-inspect.ts'

const folder = new URL('cases/', import.meta.url)
const names = readdirSync(folder).filter((name) => statSync(new URL(name, folder)).isDirectory())

/** The least that makes a container, with parts of it replaced. */
function parse(parts: {
  state?: object
  config?: object
  host?: object
  rest?: object
}): EngineContainer {
  return parseInspect({
    Id: 'a'.repeat(64),
    Name: '/web',
    Created: '2026-11-20T18:15:34.831739977Z',
    State: { Status: 'running', ...parts.state },
    Config: { ...parts.config },
    HostConfig: { ...parts.host },
    ...parts.rest,
  })
}

describe('parseInspect()', () => {
  for (const name of names) {
    test(`reads the recorded container ${name}`, (t) => {
      const json: unknown = JSON.parse(
        readFileSync(new URL(`${name}/inspect.json`, folder), 'utf8'),
      )
      t.assert.fileSnapshot(parseInspect(json), new URL(`${name}/expected.json`, folder).pathname, {
        serializers: [(value) => `${JSON.stringify(value, null, 2)}\n`],
      })
    })
  }

  test('needs no more than id, name and state', () => {
    const container = parse({})
    assert.deepEqual(
      [container.id, container.name, container.state, container.image, container.pid],
      ['a'.repeat(64), 'web', 'running', '', 0],
    )
  })

  for (const part of ['Id', 'Name', 'State']) {
    test(`refuses a container without ${part}`, () =>
      assert.throws(() => parse({ rest: { [part]: undefined } }), new RegExp(part)))
  }

  test('has no exit code and no end while it runs, although the engine writes 0 and an old end', () => {
    const container = parse({ state: { ExitCode: 0, FinishedAt: '2026-11-20T18:00:00Z' } })
    assert.ok(!('exitCode' in container) && !('finishedAtMs' in container))
  })

  test('does not take year 1 for a time', () => {
    const state = { Status: 'created', StartedAt: '0001-01-01T00:00:00Z' }
    assert.ok(!('startedAtMs' in parse({ state })))
  })

  const cpuLimits: readonly [host: object, cores: number | undefined][] = [
    [{ NanoCpus: 250_000_000 }, 0.25],
    [{ NanoCpus: 1_500_000_000, CpuQuota: 10_000 }, 1.5],
    [{ CpuQuota: 50_000, CpuPeriod: 25_000 }, 2],
    [{ CpuQuota: 50_000, CpuPeriod: 0 }, 0.5],
    [{ CpuQuota: -1 }, undefined],
    [{}, undefined],
  ]
  for (const [host, cores] of cpuLimits) {
    test(`limits CPU to ${cores} cores with ${JSON.stringify(host)}`, () =>
      assert.equal(parse({ host }).cpuLimitCores, cores))
  }

  test('has no memory limit where the engine writes 0', () => {
    assert.ok(!('memoryLimitBytes' in parse({ host: { Memory: 0 } })))
  })

  test('tells how it logs, with the label as it was written', () => {
    const label =
      '[{"log_processing_rules":[{"type":"mask_sequences","name":"t","pattern":"token=x"}]}]'
    const { log, labels } = parse({
      config: { Tty: true, Labels: { [logLabel]: label } },
      host: { LogConfig: { Type: 'local', Config: {} } },
      rest: { LogPath: '/x/y.log' },
    })
    assert.deepEqual(log, { driver: 'local', path: '/x/y.log', isTty: true, label })
    assert.notEqual(labels[logLabel], label)
    assert.deepEqual(parse({}).log, { driver: '', path: '', isTty: false, label: '' })
  })

  test('lists published ports with each of their addresses, and exposed ones', () => {
    const bound = [
      { HostIp: '0.0.0.0', HostPort: '8080' },
      { HostIp: '::', HostPort: '8080' },
    ]
    const { ports } = parse({
      config: { ExposedPorts: { '80/tcp': {}, '53/udp': {} } },
      rest: { NetworkSettings: { Ports: { '80/tcp': bound, '443/tcp': null } } },
    })
    assert.deepEqual(ports, [
      { containerPort: 80, protocol: 'tcp', hostPort: 8080, hostIp: '0.0.0.0' },
      { containerPort: 80, protocol: 'tcp', hostPort: 8080, hostIp: '::' },
      { containerPort: 443, protocol: 'tcp' },
      { containerPort: 53, protocol: 'udp' },
    ])
  })

  test('lists mounts with whether they can be written', () => {
    const mounts = [
      { Type: 'bind', Source: '/srv', Destination: '/data', RW: false },
      { Type: 'volume', Name: 'v', Source: '/var/lib/v', Destination: '/v', RW: true },
    ]
    assert.deepEqual(parse({ rest: { Mounts: mounts } }).mounts, [
      { kind: 'bind', source: '/srv', target: '/data', isReadOnly: true },
      { kind: 'volume', source: '/var/lib/v', target: '/v', isReadOnly: false },
    ])
  })

  test('keeps a network that has no address yet', () => {
    const networks = { front: { IPAddress: '' }, back: { IPAddress: '10.1.0.2' }, off: null }
    assert.deepEqual(parse({ rest: { NetworkSettings: { Networks: networks } } }).networks, [
      { name: 'front' },
      { name: 'back', ipAddress: '10.1.0.2' },
      { name: 'off' },
    ])
  })

  test('masks secrets of the environment', () => {
    assert.deepEqual(parse({ config: { Env: ['A=1', 'DB_PASSWORD=x'] } }).env, [
      'A=1',
      `DB_PASSWORD=${mask}`,
    ])
  })

  test('masks secrets of labels, command and health output', () => {
    const { labels, command, healthOutput } = parse({
      state: { Health: { Status: 'unhealthy', Log: [{ Output: 'token=x refused' }] } },
      config: { Labels: { 'org.example.token': 'x', team: 'web' } },
      rest: { Path: 'redis-server', Args: ['--requirepass', 'x'] },
    })
    assert.deepEqual(labels, { 'org.example.token': mask, team: 'web' })
    assert.equal(command, `redis-server --requirepass ${mask}`)
    assert.equal(healthOutput, `token=${mask} refused`)
  })

  test('leaves alone what is to become a tag, and takes the runtime it is told', () => {
    const json = {
      Id: 'a'.repeat(64),
      Name: 'web',
      Created: '',
      State: { Status: 'running' },
      Config: { Env: ['AUTH_MODE=oidc'], Labels: { 'Session.Kind': 'sticky' } },
      HostConfig: {},
    }
    const { env, labels, runtime } = parseInspect(
      json,
      'podman',
      new Set(['auth_mode', 'session.kind']),
    )
    assert.deepEqual(
      [env, labels, runtime],
      [['AUTH_MODE=oidc'], { 'Session.Kind': 'sticky' }, 'podman'],
    )
  })

  for (const [what, parts] of [
    ['a health without a status', { state: { Health: {} } }],
    ['labels that are no texts', { config: { Labels: { a: 5 } } }],
    ['a pid that is a text', { state: { Pid: 'none' } }],
    ['mounts that are no list', { rest: { Mounts: 'none' } }],
  ] as const) {
    test(`still reads a container with ${what}`, () => assert.equal(parse(parts).name, 'web'))
  }
})
