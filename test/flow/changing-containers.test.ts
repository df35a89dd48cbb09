import assert from 'node:assert/strict'
import { readdirSync, readlinkSync } from 'node:fs'
import { describe, test } from 'node:test'
import type { Point } from '../../src/model/series.ts'
import { sources } from '../../src/sources/index.ts'
import { makeEnvironment, makeSourceContext } from '../agent/environment.ts'
import { startPrivateEngine } from '../engine/private-engine.ts'
import { waitUntil } from './wait-until.ts'

const mebibyte = 2 ** 20
const busyLoop = ['sh', '-c', 'while :; do :; done']

/** Files whose path has one of these in it and that this process holds open. */
function listOpenFiles(names: readonly string[]): readonly string[] {
  return readdirSync('/proc/self/fd').flatMap((descriptor) => {
    try {
      const path = readlinkSync(`/proc/self/fd/${descriptor}`)
      return names.some((name) => path.includes(name)) ? [path] : []
    } catch {
      return []
    }
  })
}

describe('the source docker', () => {
  test('keeps its figures sound while containers are updated, paused, restarted, moved and removed', async (t) => {
    await using engine = await startPrivateEngine()
    const network = await engine.createNetwork()
    const stop = new AbortController()
    t.after(() => stop.abort())
    const points: Point[] = []
    const faults: string[] = []
    let setBackMs = 0
    const running = sources.docker.run(
      sources.docker.config.parse({}),
      makeSourceContext({
        signal: stop.signal,
        clock: () => Date.now() - setBackMs,
        environment: makeEnvironment({
          procRoot: '/proc',
          cgroupRoot: '/sys/fs/cgroup',
          dockerHost: engine.dockerHost,
        }),
        emit: (batch) => {
          points.push(...batch.filter((item) => item.kind === 'point'))
          return Promise.resolve()
        },
      }),
    )
    running.catch((error: unknown) => faults.push(String(error)))
    const { id } = await engine.run({ command: busyLoop, cpus: 0.2, memoryBytes: 32 * mebibyte })
    const own = (metric: string): readonly Point[] =>
      points.filter(({ series }) => {
        return series.metric === metric && series.tags.includes(`container_id:${id}`)
      })
    const next = async (metric: string, fits: (point: Point) => boolean): Promise<Point> => {
      const from = points.length
      return waitUntil(`${metric} of the container`, 30_000, () => {
        return own(metric).find((point) => points.indexOf(point) >= from && fits(point))
      })
    }
    await next('docker.cpu.usage', ({ value }) => value > 0)
    await engine.docker('update', '--memory', '48m', '--memory-swap', '48m', '--cpus', '0.1', id)
    await next('docker.mem.limit', ({ value }) => value === 48 * mebibyte)
    await next('docker.cpu.usage', ({ value }) => value < 16)
    await engine.tell(id, 'pause')
    await next('docker.cpu.usage', ({ value }) => value === 0)
    await engine.tell(id, 'unpause')
    await next('docker.cpu.usage', ({ value }) => value > 1)
    await engine.docker('network', 'connect', network, id)
    await next('docker.net.bytes_rcvd', ({ series }) => {
      return series.tags.includes(`docker_network:${network}`)
    })
    setBackMs = 3_600_000
    await next('docker.cpu.usage', ({ value }) => value > 1)
    setBackMs = 0
    await engine.tell(id, 'restart')
    await next('docker.cpu.usage', ({ value }) => value > 1)
    const others = await Promise.all(
      Array.from({ length: 6 }, () => engine.run({ command: ['sleep', '1000000'] })),
    )
    await Promise.all(others.map((other) => engine.remove(other.id)))
    await next('docker.cpu.usage', ({ value }) => value > 1)
    assert.ok(listOpenFiles([id]).length > 0)
    await engine.remove(id)
    const names = [id, ...others.map((other) => other.id)]
    await waitUntil('all files to be given back', 30_000, () => listOpenFiles(names).length === 0)
    stop.abort()
    await running
    assert.deepEqual(faults, [])
    for (const { series, value } of points) {
      assert.ok(Number.isFinite(value) && value >= 0, `${series.metric} is ${value}`)
      if (series.metric === 'docker.cpu.usage') assert.ok(value < 100, `${value} % CPU`)
    }
    const networks = own('docker.net.bytes_rcvd').flatMap(({ series }) =>
      series.tags.filter((tag) => tag.startsWith('docker_network:')),
    )
    assert.deepEqual(
      new Set(networks),
      new Set(['docker_network:bridge', `docker_network:${network}`]),
    )
  })
})
