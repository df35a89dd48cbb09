import assert from 'node:assert/strict'
import { once } from 'node:events'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { RunList } from '../../src/api/contract/runs.ts'
import type { ContainerTotals } from '../../src/model/container-totals.ts'
import { encodeReport } from '../../src/wire/report/encode-report.ts'
import { estimatedTotals, sampleTotals } from '../server/sample-totals.ts'
import { askSql, getJson, startVigie, type Vigie } from './vigie-process.ts'

const nowMs = Date.now()

/** Ten quick runs of one image, one that was killed, one that could only be estimated. */
const totals: readonly ContainerTotals[] = [
  ...Array.from('0123456789', (digit, index) =>
    sampleTotals(digit, {
      finishedAtMs: nowMs - 1000 * index,
      startedAtMs: nowMs - 1000 * index - 20,
      cpuNanos: 10_000_000 + index,
    }),
  ),
  sampleTotals('a', {
    name: 'greedy',
    image: 'team/greedy:2',
    tags: [],
    exitCode: 137,
    wasOomKilled: true,
  }),
  estimatedTotals('b', { name: 'away', image: 'team/away:1', tags: [] }),
]

describe('totals of containers that have ended', () => {
  let dataDir: string
  let server: Vigie
  let url: string

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'vigie-test-'))
    server = await startVigie(['server'], { dataDir })
    url = await server.url()
    const body = encodeReport({ inventories: [], totals, ledgers: [], agentReports: [] })
    // The second time as an agent does that had no answer to the first.
    for (const report of [body, body]) {
      const answer = await fetch(`${url}/api/vigie/v1/report`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'dd-api-key': await server.key() },
        body: report,
      })
      assert.equal(answer.status, 202, await answer.text())
    }
    await server.stop('SIGKILL')
    server = await startVigie(['server'], { dataDir })
    url = await server.url()
  })

  after(async () => {
    await server[Symbol.asyncDispose]()
    await rm(dataDir, { recursive: true, force: true })
  })

  /** What the command prints, and its exit code. */
  const runCommand = async (...args: readonly string[]) => {
    await using command = await startVigie(['runs', ...args], { env: { VIGIE_SERVER_URL: url } })
    await once(command.process, 'close')
    return await command.ended()
  }

  test('are all there after a kill, once each, and answer in SQL', async () => {
    const query = `SELECT short_image, count(), round(sum(cpu_seconds), 6), countIf(exact), countIf(oom_killed)
      FROM container_totals WHERE finished > now() - INTERVAL 1 DAY GROUP BY short_image ORDER BY short_image`
    assert.deepEqual(await askSql(url, query), [
      ['away', 1, null, 0, 0],
      ['greedy', 1, 1.5, 1, 1],
      ['job', 10, 0.1, 10, 0],
    ])
  })

  test('are listed and added up by the API', async () => {
    const { runs, sums } = await getJson<RunList>(`${url}/api/runs?sort=cpu&limit=2`)
    assert.deepEqual(
      runs.map(({ name, cpuSeconds, exitCode, oomKilled }) => [
        name,
        cpuSeconds,
        exitCode,
        oomKilled,
      ]),
      [
        ['greedy', 1.5, 137, true],
        ['job-9', 0.010000009, 0, false],
      ],
    )
    assert.deepEqual([sums.runs, sums.exact, sums.readBytes], [12, 11, 11 * 4096])
  })

  test('are printed by the command, with the sums in the last line', async () => {
    const { exitCode, output } = await runCommand('--sort', 'cpu', '--limit', '2')
    assert.equal(exitCode, 0, output)
    const lines = output.trimEnd().split('\n')
    assert.match(lines[0] ?? '', /^NAME +IMAGE +STARTED +LASTED +CPU +PEAK MEM/)
    assert.match(
      lines[1] ?? '',
      /^greedy +team\/greedy:2 .* 1\.50 s +1\.0 MiB .* OOM 137 +exact, last reading$/,
    )
    assert.match(
      lines.at(-1) ?? '',
      /^12 runs in the last 1h \(2 shown\): CPU 1\.60 s, .*, 91\.6 % exact$/,
    )
  })

  test('are marked as estimates where they are, and have no figure where none was read', async () => {
    const { output } = await runCommand('--name', 'aw*')
    assert.match(output, /^away .* - +- +- \/ - +- \/ - +- +estimate, last sample$/m)
    assert.match(output, /^1 run in the last 1h: CPU -, highest peak -, .* 0 % exact$/m)
  })

  test('are printed as JSON, and refused in one sentence', async () => {
    const { output } = await runCommand('--image', 'team/greedy', '--json')
    const list: RunList = JSON.parse(output)
    assert.deepEqual([list.runs[0]?.name, list.sums.cpuSeconds], ['greedy', 1.5])
    const none = await runCommand('--since', '10m', '--image', 'nothing')
    assert.deepEqual([none.exitCode, none.output], [0, 'No run ended in the last 10m.\n'])
    const wrong = await runCommand('--sort', 'cost')
    assert.equal(wrong.exitCode, 1)
    assert.match(
      wrong.output,
      /query\.sort: expected one of finished, started, duration, cpu,.*image\n$/,
    )
  })
})
