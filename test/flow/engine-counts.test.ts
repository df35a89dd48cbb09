import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { createEngineClient, type EngineClient } from '../../src/docker/engine-client.ts'
import { parseEndpoint } from '../../src/docker/endpoint.ts'
import {
  createEngineCounts,
  type EngineCounts,
} from '../../src/sources/docker/counts/engine-counts.ts'
import { optionsSchema } from '../../src/sources/docker/options.ts'
import { Collected } from '../agent/collected.ts'
import { startPrivateEngine, type PrivateEngine } from '../engine/private-engine.ts'
import { waitUntil } from './wait-until.ts'

describe('counts of a real engine', () => {
  let engine: PrivateEngine
  let client: EngineClient
  let counts: EngineCounts
  const collected = new Collected()
  const stop = new AbortController()
  let running: Promise<void> = Promise.resolve()
  let hiddenId = ''

  before(async () => {
    engine = await startPrivateEngine()
    const writer = ['sh', '-c', 'head -c 3000000 /dev/zero > /file; sleep 1000']
    await engine.run({ name: 'writer', command: writer })
    await engine.run({ name: 'idle', command: ['sleep', '1000'] })
    hiddenId = (await engine.run({ name: 'hidden', command: ['sleep', '1000'] })).id
    // A layer that only `team/web` has, without a name of its own, and an image that nothing needs.
    const layer = await engine.docker('commit', 'writer')
    await engine.docker('create', '--name', 'builder', layer, 'true')
    await engine.docker('commit', 'builder', 'team/web:1.2')
    await engine.docker('rm', 'builder')
    await engine.docker('commit', 'idle')
    for (const name of ['used', 'unused', 'forgotten'])
      await engine.docker('volume', 'create', name)
    await engine.run({ command: ['sleep', '1000'], hostConfig: { Binds: ['used:/data'] } })

    client = createEngineClient(parseEndpoint(engine.dockerHost, { shouldVerify: false }), 5000)
    counts = createEngineCounts({
      client,
      options: optionsSchema.parse({
        engine_interval: '1s',
        collect_image_size: true,
        collect_volume_count: true,
        collect_disk_stats: true,
        collect_container_size: true,
        collect_container_size_frequency: 1,
      }),
      host: 'box-1',
      clock: Date.now,
      hasList: () => true,
      isWatched: (id) => id !== hiddenId,
      tagsOf: (id) => [`container_id:${id}`],
    })
    running = counts.run(stop.signal, collected.emit)
    await waitUntil('the first sizes', 30_000, () => collected.points('docker.container.size_rw').length > 0) // prettier-ignore
  })

  after(async () => {
    stop.abort()
    await running
    client.close()
    await engine[Symbol.asyncDispose]()
  })

  /** What the `docker` command printed, a line each. */
  const lines = async (...args: readonly string[]): Promise<readonly string[]> =>
    (await engine.docker(...args)).split('\n').filter((line) => line !== '')

  /** The first value of the metric whose series has that tag. */
  const value = (metric: string, tag?: string): Promise<number> =>
    waitUntil(`${metric} ${tag}`, 30_000, () => {
      return collected
        .points(metric)
        .find(({ series }) => tag === undefined || series.tags.includes(tag))?.value
    })

  test('has as many images as "docker images" lists', async () => {
    const named = (await lines('images', '--quiet', '--no-trunc')).length
    const all = (await lines('images', '--quiet', '--no-trunc', '--all')).length
    assert.ok(all > named)
    assert.equal(await value('docker.images.available'), named)
    assert.equal(await value('docker.images.intermediate'), all - named)
  })

  test('has the size of each image that "docker image inspect" tells', async () => {
    for (const image of ['busybox:latest', 'team/web:1.2']) {
      const size = Number(await engine.docker('image', 'inspect', '--format', '{{.Size}}', image))
      assert.equal(await value('docker.image.size', `docker_image:${image}`), size)
      assert.equal(await value('docker.image.virtual_size', `docker_image:${image}`), size)
    }
    const sizes = collected.points('docker.image.size')
    const images = new Set(sizes.map(({ series }) => series.tags.join()))
    assert.equal(images.size, await value('docker.images.available'))
  })

  test('has as many volumes as "docker volume ls" and "docker system df" tell', async () => {
    const [dangling, all] = await Promise.all([
      lines('volume', 'ls', '--quiet', '--filter', 'dangling=true'),
      lines('volume', 'ls', '--quiet'),
    ])
    assert.equal(await value('docker.volume.count', 'volume_state:dangling'), dangling.length)
    const attached = await value('docker.volume.count', 'volume_state:attached')
    assert.equal(attached, all.length - dangling.length)
    const df = await lines('system', 'df', '--format', '{{.Type}}/{{.TotalCount}}/{{.Active}}')
    assert.ok(df.includes(`Local Volumes/${all.length}/${attached}`), df.join(' '))
  })

  test('has the sizes of running containers that "docker inspect --size" tells, but of those left out', async () => {
    for (const name of ['writer', 'idle']) {
      const format = '{{.Id}} {{.SizeRw}} {{.SizeRootFs}}'
      const [id, rw, rootfs] = (await engine.docker('inspect', '--size', '--format', format, name)).split(' ') // prettier-ignore
      assert.equal(await value('docker.container.size_rw', `container_id:${id}`), Number(rw))
      assert.equal(
        await value('docker.container.size_rootfs', `container_id:${id}`),
        Number(rootfs),
      )
    }
    const points = collected.points('docker.container.size_rw')
    assert.ok(points.some(({ value: bytes }) => bytes >= 3_000_000))
    assert.ok(points.every(({ series }) => !series.tags.includes(`container_id:${hiddenId}`)))
  })

  test('has no space of a pool, since this storage driver has none, and no fault', () => {
    const points = collected.all('point')
    assert.ok(points.every(({ series }) => !/^docker\.(?:meta)?data\./.test(series.metric)))
    assert.deepEqual(counts.faults(), [])
  })

  test('says what it cannot tell while the engine is away, without a point', async () => {
    await engine.shutDown()
    const [fault] = await waitUntil('the fault', 30_000, () => {
      const faults = counts.faults()
      return faults.length === 5 && faults
    })
    assert.match(fault ?? '', /^Cannot tell the number of images: .*DOCKER_HOST/)
    assert.ok(collected.points('docker.images.available').every(({ value: count }) => count > 0))
  })
})
