import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Batch } from '../../src/model/item.ts'
import type { Container } from '../../src/model/container.ts'
import docker from '../../src/sources/docker/source.ts'
import { Collected } from '../agent/collected.ts'
import { makeEnvironment, makeSourceContext, makeTelemetry } from '../agent/environment.ts'
import { startPrivatePodman, type PrivatePodman } from '../engine/private-podman.ts'
import { waitUntil } from './wait-until.ts'

const busyLoop = ['busybox', 'sh', '-c', 'while :; do :; done']
const noNetwork = ['--network', 'none']

describe('the source docker on a real Podman', () => {
  let podman: PrivatePodman
  const collected = new Collected()
  const telemetry = makeTelemetry()
  const stop = new AbortController()
  let running: Promise<void> = Promise.resolve()

  before(async () => {
    podman = await startPrivatePodman()
    const limits = ['--cpus', '0.2', '-m', '64m']
    await podman.podman('run', '-d', '--name', 'busy', ...noNetwork, ...limits, ...busyLoop)
    running = docker.run(
      docker.config.parse({}),
      makeSourceContext({
        signal: stop.signal,
        environment: makeEnvironment({
          dockerHost: podman.dockerHost,
          cgroupRoot: '/sys/fs/cgroup',
          procRoot: '/proc',
          dockerQueryTimeoutMs: 5000,
        }),
        telemetry,
        emit: async (batch: Batch) => collected.emit(batch),
      }),
    )
  })

  after(async () => {
    stop.abort()
    await running
    await podman[Symbol.asyncDispose]()
  })

  /** What was told last of a container of that name, once it is as wanted. */
  const told = (name: string, isAsWanted: (one: Container) => boolean): Promise<Container> =>
    waitUntil(`${name} as wanted`, 30_000, () => {
      const last = collected
        .all('inventory')
        .flatMap(({ containers }) => containers)
        .findLast((one) => one.name === name)
      return last !== undefined && isAsWanted(last) && last
    })

  /** The newest value of a metric of that container. */
  const value = (metric: string, name: string): number | undefined =>
    collected
      .points(metric)
      .findLast(({ series }) => series.tags.includes(`container_name:${name}`))?.value

  test('tells its containers under the runtime podman, with their limits', async () => {
    const container = await told('busy', ({ figuresFrom }) => figuresFrom === 'cgroup')
    assert.equal(container.runtime, 'podman')
    assert.equal(container.state, 'running')
    assert.deepEqual([container.cpuLimitCores, container.memoryLimitBytes], [0.2, 64 * 1024 * 1024])
    assert.ok(container.tags.includes('runtime:podman'), container.tags.join(' '))
    assert.ok(container.tags.includes('short_image:busybox'), container.tags.join(' '))
    assert.equal(telemetry.snapshot().engine?.isReachable, true)
  })

  test('reads their figures from cgroup files', async () => {
    await waitUntil('three readings', 30_000, () => {
      return collected.points('docker.cpu.usage').length >= 3
    })
    const cpu = value('docker.cpu.usage', 'busy') ?? 0
    assert.ok(cpu > 5 && cpu < 40, `${cpu} %`)
    assert.ok((value('docker.mem.working_set', 'busy') ?? 0) > 4096)
    assert.equal(value('docker.mem.limit', 'busy'), 64 * 1024 * 1024)
  })

  test('names the network of a container and counts its traffic', async () => {
    await podman.podman('run', '-d', '--name', 'net', 'busybox', 'sleep', '1000')
    const container = await told('net', ({ figuresFrom }) => figuresFrom === 'cgroup')
    assert.deepEqual(
      container.networks.map(({ name }) => name),
      ['podman'],
    )
    const point = await collected.first('point', ({ series }) => {
      return series.metric === 'docker.net.bytes_rcvd' && series.tags.includes('container_name:net')
    })
    assert.ok(point.series.tags.includes('docker_network:podman'), point.series.tags.join(' '))
  })

  test('follows a container from its start to its removal', async () => {
    await podman.podman(
      'run',
      '-d',
      '--name',
      'life',
      '--network',
      'none',
      'busybox',
      'sleep',
      '99',
    )
    const { id } = await told('life', ({ state }) => state === 'running')
    await podman.podman('pause', 'life')
    await told('life', ({ state }) => state === 'paused')
    await podman.podman('unpause', 'life')
    await told('life', ({ state }) => state === 'running')
    await podman.podman('kill', 'life')
    const ended = await told('life', ({ state }) => state === 'exited')
    assert.equal(ended.exitCode, 137)
    await podman.podman('rm', 'life')
    await waitUntil('its removal', 30_000, () =>
      collected.all('inventory').some(({ removedIds }) => removedIds.includes(id)),
    )
    const events = await waitUntil('its life in events', 30_000, () => {
      const text = collected
        .all('event')
        .map((event) => `${event.title} ${event.text}`)
        .join('\n')
      return ['start', 'die', 'destroy'].every((one) => new RegExp(one, 'i').test(text)) && text
    })
    assert.doesNotMatch(events, /\b(?:died|remove|cleanup|init)\b/i)
  })

  test('tells the exit code of a short run', async () => {
    await podman
      .podman('run', '--name', 'short', ...noNetwork, 'busybox', 'sh', '-c', 'exit 3')
      .catch(() => {})
    const isWhole = ({ state, startedAtMs }: Container): boolean =>
      state === 'exited' && startedAtMs !== undefined
    const ended = await told('short', isWhole)
    assert.equal(ended.exitCode, 3)
    // Podman notes the start only after it, when so short a run may be over.
    assert.ok(Math.abs((ended.finishedAtMs ?? 0) - (ended.startedAtMs ?? 0)) < 2000)
  })

  test('tells how healthy a container is when its probe has run', async () => {
    const probe = ['--health-cmd', 'test -e /tmp/well', '--health-retries', '1']
    const sleep = ['busybox', 'sleep', '1000']
    await podman.podman('run', '-d', '--name', 'sick', ...noNetwork, ...probe, ...sleep)
    // Without systemd there is nobody to run probes: the test does.
    const check = (): Promise<unknown> =>
      podman.podman('healthcheck', 'run', 'sick').catch(() => {})
    await check()
    await told('sick', ({ health }) => health === 'unhealthy')
    await podman.podman('exec', 'sick', 'touch', '/tmp/well')
    await check()
    await told('sick', ({ health }) => health === 'healthy')
  })
})
