import assert from 'node:assert/strict'
import { mkdtempSync, rmSync } from 'node:fs'
import { createServer, type ServerResponse } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { Collected } from '../../../../test/agent/collected.ts'
import { within } from '../../../../test/agent/environment.ts'
import { parseEndpoint } from '../../../docker/endpoint.ts'
import { createEngineClient } from '../../../docker/engine-client.ts'
import { optionsSchema, type DockerOptions } from '../options.ts'
import { createEngineCounts, type EngineCounts } from './engine-counts.ts'

type Answer = (response: ServerResponse) => unknown

/** Answers with JSON. */
function json(value: unknown): Answer {
  return (response) => response.end(JSON.stringify(value))
}

const dangling = (isDangling: boolean): string =>
  `/volumes?filters=${encodeURIComponent(JSON.stringify({ dangling: [String(isDangling)] }))}`

const usual: Readonly<Record<string, Answer>> = {
  '/version': json({ Version: '1' }),
  '/images/json': json([
    {
      Id: `sha256:${'1'.repeat(64)}`,
      RepoTags: ['team/web:1.2', 'team/app:1'],
      RepoDigests: null,
      Size: 5,
      VirtualSize: 7,
    },
    { Id: `sha256:${'2'.repeat(64)}`, RepoTags: ['<none>:<none>'], RepoDigests: null, Size: 6 },
  ]),
  '/images/json?all=1': json([1, 2, 3, 4, 5]),
  [dangling(false)]: json({ Volumes: [1, 2, 3] }),
  [dangling(true)]: json({ Volumes: null }),
  '/info': json({ DriverStatus: [['Data Space Used', '1 GB']] }),
  '/containers/json?size=1': json([
    { Id: 'a', State: 'running', SizeRw: 12, SizeRootFs: 100 },
    { Id: 'b', State: 'running', SizeRootFs: 200 },
    { Id: 'c', State: 'running', SizeRw: 0, SizeRootFs: 0 },
    { Id: 'd', State: 'paused', SizeRw: 1, SizeRootFs: 1 },
    { Id: 'left-out', State: 'running', SizeRw: 1, SizeRootFs: 1 },
  ]),
}

interface Running extends AsyncDisposable {
  readonly counts: EngineCounts
  readonly collected: Collected
  readonly asked: string[]
  /** Metric, tags and value of all points so far. */
  readonly points: () => readonly (readonly [string, string, number])[]
  readonly until: (isSo: () => boolean) => Promise<void>
  /** The source has heard of its containers: so it is from the start unless it is told otherwise. */
  readonly list: () => void
}

/** Counts of an engine on a socket that answers as `usual`, with `other` in place of some. */
async function start(
  options: Partial<DockerOptions> = {},
  other: Readonly<Record<string, Answer>> = {},
  { isListed = true }: { isListed?: boolean } = {},
): Promise<Running> {
  let hasList = isListed
  const folder = mkdtempSync(join(tmpdir(), 'vigie-counts-'))
  const socketPath = join(folder, 'docker.sock')
  const asked: string[] = []
  let waiting: (() => void)[] = []
  const wakeAll = (): void => {
    for (const wake of waiting.splice(0)) wake()
  }
  const server = createServer((request, response) => {
    const path = request.url ?? ''
    asked.push(path)
    const answer = { ...usual, ...other }[path]
    if (answer === undefined) response.writeHead(500).end('{"message":"not in this test"}')
    else answer(response)
    response.on('finish', () => setImmediate(wakeAll))
  })
  await new Promise<void>((resolve) => {
    server.listen(socketPath, resolve)
  })
  const client = createEngineClient(parseEndpoint(socketPath, { shouldVerify: false }), 2000)
  const counts = createEngineCounts({
    client,
    options: { ...optionsSchema.parse({}), ...options },
    host: 'box-1',
    clock: Date.now,
    hasList: () => hasList,
    isWatched: (id) => id !== 'left-out',
    tagsOf: (id) => [`container_id:${id}`],
  })
  const collected = new Collected()
  const stop = new AbortController()
  const running = counts.run(stop.signal, async (batch) => {
    await collected.emit(batch)
    wakeAll()
  })
  return {
    counts,
    collected,
    asked,
    points: () =>
      collected
        .all('point')
        .map(({ series, value }) => [series.metric, series.tags.join(' '), value] as const),
    list: () => {
      hasList = true
    },
    async until(isSo) {
      while (!isSo())
        await within(
          5000,
          new Promise<void>((resolve) => {
            waiting = [...waiting, resolve]
          }),
        )
    },
    async [Symbol.asyncDispose]() {
      stop.abort()
      await within(1000, running)
      client.close()
      server.closeAllConnections()
      server.close()
      rmSync(folder, { recursive: true })
    },
  }
}

describe('createEngineCounts()', { timeout: 60_000 }, () => {
  test('counts images at once, and asks for nothing else by default', async () => {
    await using run = await start()
    await run.until(() => run.points().length === 2)
    assert.deepEqual(run.points(), [
      ['docker.images.available', '', 2],
      ['docker.images.intermediate', '', 3],
    ])
    assert.deepEqual(run.asked.toSorted(), [
      '/images/json',
      '/images/json?all=1',
      '/version',
      '/version',
    ])
    assert.deepEqual(run.counts.faults(), [])
  })

  test('tells all that is asked for, with the tags of the source or of the container', async () => {
    await using run = await start({
      tags: ['team:a'],
      collect_image_size: true,
      collect_volume_count: true,
      collect_disk_stats: true,
      collect_container_size: true,
    })
    await run.until(() => run.points().length === 13)
    const web = 'docker_image:team/app:1 image_name:team/app short_image:app image_tag:1 team:a'
    const id = `sha256:${'2'.repeat(64)}`
    const nameless = `docker_image:${id} image_name:${id} short_image:${id} team:a`
    const byName = run.points().toSorted((one, other) => (one.join() < other.join() ? -1 : 1))
    assert.deepEqual(byName, [
      ['docker.container.size_rootfs', 'container_id:a', 100],
      ['docker.container.size_rootfs', 'container_id:b', 200],
      ['docker.container.size_rw', 'container_id:a', 12],
      ['docker.container.size_rw', 'container_id:b', 0],
      ['docker.data.used', 'team:a', 1e9],
      ['docker.image.size', nameless, 6],
      ['docker.image.size', web, 5],
      ['docker.image.virtual_size', nameless, 6],
      ['docker.image.virtual_size', web, 7],
      ['docker.images.available', 'team:a', 2],
      ['docker.images.intermediate', 'team:a', 3],
      ['docker.volume.count', 'volume_state:attached team:a', 3],
      ['docker.volume.count', 'volume_state:dangling team:a', 0],
    ])
  })

  test('asks for sizes of containers only in every third round', async () => {
    await using run = await start({
      engine_interval: 60,
      collect_container_size: true,
      collect_container_size_frequency: 3,
    })
    const sizes = (): number => run.asked.filter((path) => path.startsWith('/containers/')).length
    const images = (): number => run.asked.filter((path) => path === '/images/json').length
    await run.until(() => sizes() === 3)
    // A round whose question is still open is left out, so there may be fewer than seven.
    assert.ok(images() >= 5, `${images()} rounds`)
  })

  test('asks for sizes of containers only once these are known, and then in the next round', async () => {
    await using run = await start(
      { engine_interval: 20, collect_container_size: true, collect_container_size_frequency: 1000 },
      {},
      { isListed: false },
    )
    await run.until(() => run.points().length >= 6)
    assert.ok(run.asked.every((path) => !path.startsWith('/containers/')))
    run.list()
    await run.until(() => run.points().some(([metric]) => metric === 'docker.container.size_rw'))
  })

  test('has no point for a question that fails, says so, and tells the others', async () => {
    const failing: Answer = (response) =>
      response.writeHead(500).end('{"message":"layer is corrupt"}')
    let answer = failing
    await using run = await start(
      { engine_interval: 30, collect_volume_count: true },
      { '/images/json?all=1': (response) => answer(response) },
    )
    await run.until(() => run.points().length >= 2 && run.counts.faults().length > 0)
    assert.ok(run.points().every(([metric]) => metric === 'docker.volume.count'))
    assert.match(
      run.counts.faults()[0] ?? '',
      /^Cannot tell the number of images: The container engine at .* with 500: .*layer is corrupt/,
    )
    answer = json([1, 2])
    await run.until(() => run.points().some(([metric]) => metric === 'docker.images.available'))
    assert.deepEqual(run.counts.faults(), [])
  })

  test('says so when an answer is not what it should be', async () => {
    await using run = await start({}, { '/images/json': json({ message: 'none' }) })
    await run.until(() => run.counts.faults().length > 0)
    assert.match(run.counts.faults()[0] ?? '', /the engine's answer is not as expected/)
    assert.deepEqual(run.points(), [])
  })

  test('does not wait for a slow question, nor asks it again meanwhile', async () => {
    await using run = await start(
      { engine_interval: 20, collect_container_size: true, collect_container_size_frequency: 1 },
      { '/containers/json?size=1': () => {} },
    )
    await run.until(() => run.points().length >= 8)
    assert.equal(run.asked.filter((path) => path.startsWith('/containers/')).length, 1)
  })
})
