import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { findFreePort } from '../agent/find-free-port.ts'
import type { StartedContainer } from '../engine/engine.ts'
import { startPrivateEngine, type PrivateEngine } from '../engine/private-engine.ts'
import {
  arrivesWithinMs,
  openAnswers,
  settle,
  waitForRoom,
  type Answers,
} from './dogstatsd-answers.ts'
import { distributionSize, expectedCounts, expectedGauges } from './dogstatsd-hot-shots.ts'
import { joinNetwork } from './dogstatsd-network.ts'
import { hotShots, insideFolder, python, runProgram, type Program } from './dogstatsd-programs.ts'
import { buildUnixDgram } from './dogstatsd-unix-dgram.ts'
import { startVigie, waitForAgent, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const folder = await mkdtemp(join(tmpdir(), 'vigie-test-'))
const unixDgram = await buildUnixDgram(join(folder, 'unix-dgram'))
const socketPath = `${insideFolder}/dsd.socket`
const streamPath = `${insideFolder}/dsd-stream.socket`
const podUid = '8d1c3a52-6b1e-4d2c-9f1e-0a1b2c3d4e5f'

/** Clients of `hot-shots`: what they tell of themselves on UDP, the kernel tells on Unix sockets. */
const hotShotsNames = ['hs_udp', 'hs_stream', ...(unixDgram.kind === 'built' ? ['hs_uds'] : [])]
const pythonNames = ['py_udp', 'py_uds', 'py_stream']

describe('DogStatsD clients in containers', () => {
  let engine: PrivateEngine
  let vigie: Vigie
  let answers: Answers
  const started = new Map<string, StartedContainer>()

  before(async () => {
    engine = await startPrivateEngine()
    const [host, port] = [await joinNetwork(engine), await findFreePort()]
    vigie = await startVigie(['up'], {
      env: {
        DOCKER_HOST: engine.dockerHost,
        DD_DOGSTATSD_PORT: String(port),
        DD_DOGSTATSD_NON_LOCAL_TRAFFIC: 'true',
        DD_DOGSTATSD_SOCKET: join(folder, 'dsd.socket'),
        DD_DOGSTATSD_STREAM_SOCKET: join(folder, 'dsd-stream.socket'),
        DD_DOGSTATSD_ORIGIN_DETECTION: 'true',
        DD_DOGSTATSD_ORIGIN_DETECTION_CLIENT: 'true',
        DD_DOGSTATSD_TAG_CARDINALITY: 'high',
      },
    })
    const url = await vigie.url()
    answers = openAnswers(url)
    await waitForAgent(url, ({ sources }) =>
      sources.some(({ name, lastRunAt }) => name === 'dogstatsd' && lastRunAt !== null),
    )
    const binds = mountUnixDgram()
    for (const program of listPrograms(host, port)) {
      await waitForRoom()
      started.set(program.name, await runProgram(engine, program, { socketFolder: folder, binds }))
    }
    await waitForAll(answers, started.size)
  })

  after(async () => {
    const ending = await vigie.stop()
    await vigie[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
    assert.equal(ending.exitCode, 0, ending.output)
  })

  for (const name of hotShotsNames) {
    describe(`hot-shots as ${name}`, () => {
      for (const [metric, expected] of Object.entries(expectedCounts)) {
        test(`counts ${metric}`, async () => {
          const query = `sum:${name}.${metric}{team:blue}.as_count()`
          assert.equal(await settle(expected, () => answers.sum(query)), expected)
        })
      }

      for (const [metric, expected] of Object.entries(expectedGauges)) {
        test(`tells ${metric}`, async () => {
          const query = `avg:${name}.${metric}{team:blue}`
          assert.equal(await settle(expected, () => answers.last(query)), expected)
        })
      }

      test('sends a distribution whose percentiles can be asked for', async () => {
        const metric = `${name}.distribution{team:blue}`
        await settle(distributionSize, () => answers.sum(`count:${metric}.as_count()`))
        for (const percent of [50, 95, 99]) {
          const value = (await answers.last(`p${percent}:${metric}`)) ?? Number.NaN
          const exact = (distributionSize * percent) / 100
          assert.ok(Math.abs(value - exact) <= exact * 0.01, `p${percent} is ${value}`)
        }
        assert.equal(await answers.last(`max:${metric}`), distributionSize)
        assert.equal(await answers.last(`avg:${metric}`), (distributionSize + 1) / 2)
      })

      test("has the container's tags, and its own", async () => {
        const [tags] = await waitUntil('the counter', arrivesWithinMs, async () => {
          const found = await answers.tagsOf(`${name}.counter`)
          return found.some((list) => list.includes('shape:round')) && found
        })
        assert.deepEqual(missing(tags, [...containerTags(name), 'team:blue']), [])
      })

      test('sends an event with all its fields', async () => {
        const query = `SELECT text, alert_type, aggregation_key, source, tags FROM events WHERE title = '${name}.deployed'`
        const [row] = await waitUntil('the event', arrivesWithinMs, async () => {
          const rows = await answers.sql(query)
          return rows.length > 0 && rows
        })
        const [text, alertType, aggregationKey, source, tags] = row ?? []
        assert.deepEqual(
          [text, alertType, aggregationKey, source],
          ['line one\nline two', 'warning', 'release', 'ci'],
        )
        assert.deepEqual(missing(tags, [...containerTags(name), 'version:7', 'team:blue']), [])
      })

      test('sends a service check', async () => {
        const query = `SELECT status, message, tags FROM service_checks WHERE name = '${name}.alive'`
        const [row] = await waitUntil('the check', arrivesWithinMs, async () => {
          const rows = await answers.sql(query)
          return rows.length > 0 && rows
        })
        const [status, message, tags] = row ?? []
        assert.deepEqual([status, message], [1, 'slow: 3 s'])
        assert.deepEqual(missing(tags, [...containerTags(name), 'version:7', 'team:blue']), [])
      })
    })
  }

  for (const name of [...hotShotsNames, ...pythonNames]) {
    test(`keeps the time that a metric of ${name} came with`, async () => {
      const told = "arrayFirst(tag -> startsWith(tag, 'at:'), tags)"
      const query = `SELECT concat('at:', toString(toUnixTimestamp(time))) = ${told} FROM metrics WHERE metric = '${name}.timed'`
      assert.deepEqual(await settle([[1]], () => answers.sql(query)), [[1]])
    })
  }

  test('puts on what DD_ENTITY_ID, DD_ENV, DD_SERVICE and DD_VERSION say', async () => {
    const [tags] = await waitUntil('the counter', arrivesWithinMs, async () => {
      const found = await answers.tagsOf('hs_entity.counter')
      return found.length > 0 && found
    })
    const wanted = [...containerTags('hs_stream'), 'env:test', 'service:shop', 'version:1.2']
    assert.deepEqual(missing(tags, wanted), [])
    assert.ok(!tags?.includes('container_name:hs_entity'), tags?.join(' '))
  })

  test("takes the client's telemetry as ordinary counts", async () => {
    for (const transport of hotShotsNames.map((name) => name.replace('hs_', ''))) {
      const query = `sum:datadog.dogstatsd.client.metrics{client_transport:${transport}}.as_count()`
      const counted = await waitUntil('its telemetry', arrivesWithinMs, () => answers.sum(query))
      assert.ok(counted > distributionSize, `${transport}: ${counted}`)
    }
  })

  for (const name of pythonNames) {
    describe(`Python's sockets as ${name}`, () => {
      const counts: Readonly<Record<string, number>> = {
        [`${name}.counter{shape:round,team:blue}`]: 14,
        [`${name}.histogram.count{*}`]: 8,
        [`${name}.timing.count{*}`]: 1,
        [`${name}.timed{*}`]: 7,
        [`${name}.other_host{host:elsewhere}`]: 1,
      }
      const gauges: Readonly<Record<string, number>> = {
        gauge: 1000,
        'histogram.max': 4,
        'histogram.avg': 2.5,
        'histogram.median': 2,
        set: 2,
      }
      for (const [scope, expected] of Object.entries(counts)) {
        test(`counts ${scope}`, async () => {
          const query = `sum:${scope}.as_count()`
          assert.equal(await settle(expected, () => answers.sum(query)), expected)
        })
      }

      for (const [metric, expected] of Object.entries(gauges)) {
        test(`tells ${metric}`, async () => {
          const query = `avg:${name}.${metric}{*}`
          assert.equal(await settle(expected, () => answers.last(query)), expected)
        })
      }

      test('sends an event and a check that are not in ASCII', async () => {
        const query = `SELECT title, text, alert_type FROM events WHERE aggregation_key = '${name}'`
        const event = ['Größe geändert', 'erste Zeile\nzweite: ✓', 'error']
        assert.deepEqual(await settle([event], () => answers.sql(query)), [event])
        const checks = `SELECT status, message, host FROM service_checks WHERE name = '${name}.check'`
        const check = [2, 'far too slow', 'elsewhere']
        assert.deepEqual(await settle([check], () => answers.sql(checks)), [check])
      })

      test('has the tags of the container whose cgroup it names', async () => {
        const [tags] = await waitUntil('the counter', arrivesWithinMs, async () => {
          const found = await answers.tagsOf(`${name}.by_inode`)
          return found.length > 0 && found
        })
        assert.deepEqual(missing(tags, containerTags(name)), [])
      })

      test('has the tags of the pod that it names', async () => {
        const [tags] = await waitUntil('the counter', arrivesWithinMs, async () => {
          const found = await answers.tagsOf(`${name}.by_entity`)
          return found.length > 0 && found
        })
        assert.deepEqual(missing(tags, containerTags('hs_stream')), [])
        assert.ok(!tags?.some((tag) => tag.startsWith('dd.internal')), tags?.join(' '))
      })

      test('gets as many tags as it asks for', async () => {
        const found = await waitUntil('both counters', arrivesWithinMs, async () => {
          const [low] = await answers.tagsOf(`${name}.low`)
          const [none] = await answers.tagsOf(`${name}.none`)
          return low && none && { low, none }
        })
        assert.deepEqual(found.none, [])
        const isKnown = name !== 'py_udp'
        assert.equal(found.low.includes('image_name:busybox'), isKnown, found.low.join(' '))
        assert.ok(!found.low.some((tag) => tag.startsWith('container_name:')))
      })

      test('loses nothing but the message that cannot be read', async () => {
        assert.deepEqual(await answers.tagsOf(`${name}.broken`), [])
      })
    })
  }

  /** Tags of every cardinality that tell a container from all others. */
  function containerTags(name: string): readonly string[] {
    const id = started.get(name)?.id ?? 'not started'
    return [
      'image_name:busybox',
      'short_image:busybox',
      'image_tag:latest',
      `container_name:${name}`,
      `container_id:${id}`,
    ]
  }
})

function listPrograms(host: string, port: number): readonly Program[] {
  const pod = {
    'io.kubernetes.pod.uid': podUid,
    'io.kubernetes.pod.name': 'shop-1',
    'io.kubernetes.pod.namespace': 'shop',
    'io.kubernetes.container.name': 'web',
  }
  const all: readonly Program[] = [
    { ...hotShots('hs_udp', { protocol: 'udp', host, port, datadog: true }), reaches: host },
    {
      ...hotShots('hs_stream', { protocol: 'stream', stream: streamPath, datadog: false }),
      labels: pod,
    },
    hotShots('hs_uds', { protocol: 'uds', path: socketPath, datadog: false }),
    {
      ...hotShots('hs_entity', { protocol: 'udp', host, port, datadog: true }),
      reaches: host,
      environment: [`DD_ENTITY_ID=${podUid}`, 'DD_ENV=test', 'DD_SERVICE=shop', 'DD_VERSION=1.2'],
    },
    { ...python('py_udp', `udp:${host}:${port}`), reaches: host },
    python('py_uds', `uds:${socketPath}`),
    python('py_stream', `stream:${streamPath}`),
  ]
  return all
    .filter(({ name }) => name !== 'hs_uds' || unixDgram.kind === 'built')
    .map((program) => ({ environment: [`POD_UID=${podUid}`], ...program }))
}

/** Until each program's first metric is there; what is missing after that, its test tells. */
async function waitForAll(answers: Answers, count: number): Promise<void> {
  const query =
    "SELECT count(DISTINCT metric) FROM metrics WHERE match(metric, '^(hs|py)_[a-z]+.counter$')"
  await settle([[count]], () => answers.sql(query), arrivesWithinMs)
}

/** Over the package as npm has it, which is compiled for the Node of npm. */
function mountUnixDgram(): readonly string[] {
  if (unixDgram.kind === 'absent') {
    console.log(`hot-shots by UDS is not tried: ${unixDgram.reason}`)
    return []
  }
  return [`${unixDgram.folder}:${unixDgram.installed}:ro`]
}

/** Those of `wanted` that are not there. */
function missing(tags: unknown, wanted: readonly string[]): readonly string[] {
  const there: readonly unknown[] = Array.isArray(tags) ? tags : []
  return wanted.filter((tag) => !there.includes(tag))
}
