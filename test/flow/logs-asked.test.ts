import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { text } from 'node:stream/consumers'
import { after, before, describe, test } from 'node:test'
import { readLogs } from './logs-asked.ts'
import { askSql, startVigie, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

describe('logs that others send, as they do', () => {
  let server: Vigie
  let url: string

  before(async () => {
    server = await startVigie(['server'])
    url = await server.url()
  })

  after(async () => server[Symbol.asyncDispose]())

  const post = async (
    path: string,
    body: string,
    headers: Record<string, string>,
  ): Promise<number> => (await fetch(`${url}${path}`, { method: 'POST', body, headers })).status

  const runLogs = (...args: readonly string[]): Promise<Vigie> =>
    startVigie(['logs', ...args], { env: { VIGIE_SERVER_URL: url } })

  test('as the Datadog Agent: JSON with its header', async () => {
    const records = Array.from({ length: 50 }, (_one, n) => ({
      message: `order ${n} failed`,
      status: n % 2 === 0 ? 'error' : 'info',
      timestamp: Date.now() - 1000 + n,
      hostname: 'web-1',
      service: 'shop',
      ddsource: 'java',
      ddtags: 'env:prod,container_name:shop-1',
    }))
    const headers = { 'content-type': 'application/json', 'DD-API-KEY': await server.key() }
    assert.equal(await post('/api/v2/logs', JSON.stringify(records), headers), 202)
    const rows = await readLogs(url, 'service:shop status:error "order 4"')
    assert.deepEqual(
      rows.map(({ message, level, host, source, tags }) => [
        message,
        level,
        host,
        source,
        tags.includes('env:prod'),
      ]),
      [['order 4 failed', 'error', 'web-1', 'java', true]],
    )
  })

  test('as plain text with the key in the address', async () => {
    const path = `/v1/input/${await server.key()}?service=legacy&ddsource=cobol`
    assert.ok((await post(path, 'batch done', { 'content-type': 'text/plain' })) < 300)
    const rows = await waitUntil('the line', 30_000, async () => {
      const found = await readLogs(url, 'service:legacy')
      return found.length > 0 && found
    })
    assert.deepEqual(
      rows.map(({ message, source }) => [message, source]),
      [['batch done', 'cobol']],
    )
  })

  test('are refused without a key, and an empty test is welcome', async () => {
    assert.equal(await post('/api/v2/logs', '{}', { 'content-type': 'application/json' }), 403)
    const headers = { 'content-type': 'application/json', 'dd-api-key': await server.key() }
    assert.equal(await post('/api/v2/logs', '{}', headers), 202)
  })

  test('can be asked for in SQL', async () => {
    const rows = await askSql(
      url,
      `SELECT level, count() FROM logs WHERE service = 'shop' AND has(tags, 'env:prod') GROUP BY level ORDER BY level`,
    )
    assert.deepEqual(
      rows.map(([level, count]) => [level, Number(count)]),
      [
        ['info', 25],
        ['error', 25],
      ],
    )
  })

  test('vigie logs prints them, the oldest first, and as JSON', async () => {
    const plain = await (await runLogs('--since', '1h', '-n', '2', 'service:shop')).ended()
    assert.equal(plain.exitCode, 0, plain.output)
    assert.match(plain.output, /order 48 failed\n.*order 49 failed\n$/)
    const json = await (await runLogs('--since', '1h', '--json', '-n', '1', 'order', '49')).ended()
    assert.equal(JSON.parse(json.output).message, 'order 49 failed')
  })

  test('vigie logs says where a question is wrong', async () => {
    const { exitCode, output } = await (await runLogs('service:(a')).ended()
    assert.equal(exitCode, 2)
    assert.match(output, /\^/)
  })

  test('vigie logs -f follows, and ends well when its reader does', async () => {
    const vigie = await runLogs('-f', '-n', '1', '--json', 'service:shop')
    await waitUntil('the newest line', 30_000, () => vigie.output().includes('order 49'))
    const headers = { 'content-type': 'application/json', 'dd-api-key': await server.key() }
    const record = { message: 'one more', service: 'shop', timestamp: Date.now() }
    const sentAtMs = Date.now()
    await post('/api/v2/logs', JSON.stringify([record]), headers)
    await waitUntil('the line that came', 30_000, () => vigie.output().includes('one more'))
    assert.ok(Date.now() - sentAtMs < 2000, `${Date.now() - sentAtMs} ms`)
    assert.equal((await vigie.stop('SIGINT')).exitCode, 0)
    const command = `${process.execPath} ${mainFile()} logs --since 1h -n 1000 service:shop; echo "exit $?" >&2`
    const shell = spawn('sh', ['-c', command], {
      env: { PATH: process.env['PATH'], VIGIE_SERVER_URL: url },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    shell.stdout.destroy()
    const said = await text(shell.stderr)
    assert.match(said, /exit 0/)
  })
})

function mainFile(): string {
  return process.env['VIGIE_TEST_MAIN'] ?? 'src/main.ts'
}
