import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { ContainerSpec, Engine } from '../engine/engine.ts'
import { uniqueName } from '../engine/engine.ts'
import { openSharedEngine } from '../engine/shared-engine.ts'
import { waitForLines } from './logs-asked.ts'
import { startVigie, waitForAgent, type Vigie } from './vigie-process.ts'

const local = { LogConfig: { Type: 'local', Config: { 'max-size': '20k', 'max-file': '3' } } }
const small = { LogConfig: { Type: 'json-file', Config: { 'max-size': '20k', 'max-file': '3' } } }

describe('lines of containers', () => {
  let engine: Engine
  let vigie: Vigie
  let url: string

  before(async () => {
    engine = await openSharedEngine()
    vigie = await startVigie(['up'], {
      env: {
        DOCKER_HOST: engine.dockerHost,
        DD_TAGS: 'rack:7',
        DD_CONTAINER_INCLUDE: 'name:^vigie-test-logs',
        DD_CONTAINER_EXCLUDE: 'name:.*',
      },
    })
    url = await vigie.url()
    await waitForAgent(url, ({ sources }) =>
      sources.some(({ name, work }) => name === 'logs' && (work?.runs ?? 0) > 0),
    )
  })

  after(async () => {
    await vigie[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
  })

  const run = async (
    script: string,
    spec: Omit<ContainerSpec, 'command'> = {},
  ): Promise<{ readonly id: string; readonly name: string }> =>
    engine.run({ name: uniqueName('logs'), ...spec, command: ['sh', '-c', script] })

  test('are there within 2 s, with who printed them and what is said of it', async () => {
    const { id, name } = await run(
      'echo "2026-01-01 WARN it is late"; echo broken >&2; sleep 1000',
      {
        labels: { 'com.docker.compose.service': 'shop' },
      },
    )
    const printedAtMs = Date.now()
    const [first, second] = await waitForLines(url, name, { count: 2 })
    assert.ok(Date.now() - printedAtMs < 2000, `${Date.now() - printedAtMs} ms`)
    assert.ok(first && second)
    const texts = [first, second].map(({ message, level, stream }) =>
      [stream, level, message].join(' '),
    )
    assert.deepEqual(texts.toSorted(compare), [
      'stderr unknown broken',
      'stdout warn 2026-01-01 WARN it is late',
    ])
    assert.deepEqual(
      [first.containerId, first.containerName, first.image, first.source, first.host],
      [id, name, 'busybox', 'busybox', 'test-host'],
    )
    for (const tag of ['rack:7', 'docker_compose_service:shop', `container_id:${id}`]) {
      assert.ok(first.tags.includes(tag), `${tag} in ${first.tags.join(' ')}`)
    }
  })

  describe('of every kind', { concurrency: true }, () => {
    test('of one that lives 50 ms and is removed at once are read whole', async () => {
      const names = Array.from({ length: 10 }, () => uniqueName('logs'))
      for (const name of names) {
        await run('i=0; while [ $i -lt 40 ]; do printf "%0100d\\n" $i; i=$((i+1)); done', {
          name,
          hostConfig: { AutoRemove: true },
        }).catch(() => undefined)
      }
      for (const name of names) {
        const rows = await waitForLines(url, name, { count: 40 })
        assert.deepEqual(
          rows.map(({ message }) => Number(message)),
          Array.from({ length: 40 }, (_one, n) => n),
        )
        assert.equal(rows[0]?.image, 'busybox')
      }
    })

    for (const [driver, hostConfig] of [
      ['json-file', small],
      ['local', local],
    ] as const) {
      test(`longer than the engine's pieces are joined, across rotations too (${driver})`, async () => {
        const { name } = await run(
          'i=0; while [ $i -lt 12 ]; do printf "%07d%040000d\\n" $i 0; i=$((i+1)); sleep 0.2; done; sleep 1000',
          { hostConfig },
        )
        const rows = await waitForLines(url, name, { count: 12, withinMs: 20_000 })
        assert.deepEqual(
          rows.map(({ message }) => [Number(message.slice(0, 7)), message.length]),
          Array.from({ length: 12 }, (_one, n) => [n, 40_007]),
        )
      })
    }

    test('that belong together are one', async () => {
      const { name } = await run(
        `printf '2026-01-01 10:00:00 ERROR failed\\n  at one\\n  at two\\n2026-01-01 10:00:01 INFO next\\n'; sleep 1000`,
      )
      const rows = await waitForLines(url, name, { count: 2 })
      assert.deepEqual(
        rows.map(({ message, level }) => [message, level]),
        [
          ['2026-01-01 10:00:00 ERROR failed\n  at one\n  at two', 'error'],
          ['2026-01-01 10:00:01 INFO next', 'info'],
        ],
      )
    })

    test('are read as their label says', async () => {
      const rules = [
        { type: 'exclude_at_match', name: 'health', pattern: '/health' },
        { type: 'mask_sequences', name: 'card', pattern: '\\d{16}', replace_placeholder: '[card]' },
      ]
      const config = [
        { service: 'pay', source: 'shop', tags: ['team:core'], log_processing_rules: rules },
      ]
      const { name } = await run('echo GET /health; echo "card 4111111111111111"; sleep 1000', {
        labels: { 'com.datadoghq.ad.logs': JSON.stringify(config) },
      })
      const rows = await waitForLines(url, name)
      assert.deepEqual(
        rows.map(({ message, service, source, tags }) => [
          message,
          service,
          source,
          tags.includes('team:core'),
        ]),
        [['card [card]', 'pay', 'shop', true]],
      )
    })

    test('in JSON are taken apart', async () => {
      const { name } = await run(
        `echo '{"level":"error","msg":"no","http":{"status":500},"dd":{"trace_id":"77"}}'; sleep 1000`,
      )
      const [row] = await waitForLines(url, name)
      assert.deepEqual(
        [row?.message, row?.level, row?.attributes['http.status'], row?.attributes['trace_id']],
        ['no', 'error', '500', '77'],
      )
    })

    test('of a terminal come with their colours', async () => {
      const name = uniqueName('logs')
      await engine.docker('run', '--detach', '--tty', '--name', name, 'busybox', 'sh', '-c', 'printf "\\033[31mred\\033[0m\\n"; sleep 1000') // prettier-ignore
      const [row] = await waitForLines(url, name)
      await engine.remove(name)
      assert.equal(row?.message, '\u001b[31mred\u001b[0m')
    })

    test('that the engine writes no file for are asked of it', async () => {
      const { name } = await run('echo one; echo two; sleep 1000', {
        hostConfig: {
          LogConfig: { Type: 'syslog', Config: { 'syslog-address': 'udp://127.0.0.1:9' } },
        },
      })
      const rows = await waitForLines(url, name, { count: 2 })
      assert.deepEqual(rows.map(({ message }) => message).toSorted(compare), ['one', 'two'])
    })

    test('that were printed before the agent, and by containers that have ended, are there too', async () => {
      const { name, id } = await run('echo early')
      await engine.waitForEnd(id)
      await using second = await startVigie(['up'], { env: { DOCKER_HOST: engine.dockerHost } })
      const rows = await waitForLines(await second.url(), name)
      assert.deepEqual(
        rows.map(({ message }) => message),
        ['early'],
      )
    })
  })
})

function compare(one: string, other: string): number {
  return one < other ? -1 : 1
}
