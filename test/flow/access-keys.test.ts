import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { AgentList } from '../../src/api/contract/agents.ts'
import type { KeyList, NewKey, NewToken } from '../../src/api/contract/access.ts'
import { collectPoints, compareSeries, readStoredSeries } from './collected-points.ts'
import { askSql, getJson, runVigie, startVigie, type Ending, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const token = 'a-token-of-this-test-alone'
const lineCount = 20

describe('the key of an agent on another host', () => {
  let folder = ''
  let server: Vigie
  let url = ''
  let agent: Vigie
  /** All that the sink `console` of the agent has printed. */
  let printed = ''

  const runAtServer = (...args: readonly string[]): Promise<Ending> =>
    runVigie(args, { dataDir: server.dataDir })
  const createKey = async (name: string): Promise<string> => {
    const { output } = await runAtServer('key', 'create', name, '--json')
    const { key }: NewKey = JSON.parse(output)
    return key
  }
  const startAgent = (key: string): Promise<Vigie> =>
    startVigie(['agent'], {
      dataDir: folder,
      env: {
        VIGIE_SERVER_URL: url,
        VIGIE_SERVER_KEY: key,
        DD_HOSTNAME: 'web-1',
        DD_LOGS_ENABLED: 'true',
        VIGIE_SINKS_CONSOLE_ENABLED: 'true',
      },
    })
  /** `vigie status` on the agent's host. */
  const askStatus = (access: string): Promise<Ending> =>
    runVigie(['status'], {
      dataDir: folder,
      env: { VIGIE_SERVER_URL: url, ...(access !== '' && { VIGIE_ACCESS_TOKEN: access }) },
    })
  const countLines = async (): Promise<number> => {
    const [row] = await askSql(
      url,
      `SELECT uniqExact(message) FROM logs WHERE host = 'web-1'`,
      token,
    )
    return Number(row?.[0])
  }

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-agent-'))
    server = await startVigie(['server'], { env: { VIGIE_ACCESS_TOKEN: token } })
    url = await server.url()
    await mkdir(join(folder, 'conf.d'))
    await writeFile(join(folder, 'vigie.yaml'), '')
    const log = `{type: file, path: ${folder}/app.log, service: app, source: app, start_position: beginning}`
    await writeFile(join(folder, 'conf.d/app.yaml'), `logs: [${log}]\n`)
    await writeLines('before', lineCount)
  })

  after(async () => {
    await agent?.[Symbol.asyncDispose]()
    await server?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  const writeLines = (what: string, count: number): Promise<void> =>
    writeFile(
      join(folder, 'app.log'),
      Array.from({ length: count }, (_one, at) => `${what} ${at}\n`).join(''),
      { flag: 'a' },
    )

  test('it lets in as soon as it is made, and the list says when it was used', async () => {
    agent = await startAgent(await createKey('web-1'))
    await waitUntil('the first lines', 30_000, async () => (await countLines()) === lineCount)
    const { output } = await runAtServer('key', 'list', '--json')
    const { keys }: KeyList = JSON.parse(output)
    const key = keys.find(({ name }) => name === 'web-1')
    assert.ok(Number(key?.lastUsedAt) > Date.now() - 60_000, output)
  })

  test('once it is revoked nothing more is taken, and status on its host says what to do', async () => {
    const { output } = await runAtServer('key', 'revoke', 'web-1')
    assert.equal(output, 'Revoked; 1 left.\n')
    await waitUntil('the refusal', 20_000, () => agent.output().includes('it answered 403'))
    await writeLines('refused', lineCount)
    const stored = await readStoredSeries(url, 'web-1', token)
    const told = await waitUntil('both ways refused', 30_000, async () => {
      const ending = await askStatus(token)
      return /server\.logs .* refusing, [1-9]/.test(ending.output) && ending
    })
    assert.equal(told.exitCode, 1)
    assert.match(told.output, /\nAgent of web-1: away, /)
    assert.match(told.output, /\nThe agent of web-1 runs here, and the server does not hear it:\n/)
    assert.match(told.output, / {2}server http:\S+ refusing, \d+ waiting \(.* in memory, /)
    assert.match(
      told.output,
      / {4}Cannot deliver to server \(.*\): it answered 403 .*the API key is unknown here, or was revoked; make one with .*vigie key create NAME/,
    )
    assert.deepEqual(compareSeries(await readStoredSeries(url, 'web-1', token), stored), [])
    assert.equal(await countLines(), lineCount)
  })

  test('with another key it delivers all that had to wait', async (t) => {
    assert.equal((await agent.stop()).exitCode, 0)
    printed += agent.output()
    agent = await startAgent(await createKey('web-1 again'))
    await waitUntil('nothing that waits', 30_000, async () => {
      const { agents } = await getJson<AgentList>(`${url}/api/agents`, token)
      const row = agents.find(({ pid }) => pid === agent.process.pid)
      return row?.endpoints.every(({ state, waiting }) => state === 'delivering' && waiting === 0)
    })
    assert.equal(await countLines(), 2 * lineCount)
    assert.equal((await agent.stop()).exitCode, 0)
    printed += agent.output()
    const sent = collectPoints(printed)
    const points = [...sent.values()].reduce((sum, { count }) => sum + count, 0)
    t.diagnostic(`${sent.size} series, ${points} points`)
    assert.ok(sent.size > 20, `${sent.size} series`)
    assert.deepEqual(compareSeries(sent, await readStoredSeries(url, 'web-1', token)), [])
    const { exitCode } = await waitUntil('the agent to be away', 30_000, async () => {
      const status = await askStatus(token)
      return status.output.includes('Agent of web-1: away') && status
    })
    assert.equal(exitCode, 1)
  })

  test('status from another machine needs a token, which counts until it is revoked', async () => {
    const refused = await askStatus('')
    assert.equal(refused.exitCode, 1)
    assert.match(refused.output, /answered 401 .*nobody is signed in; .*show a token/)
    const added = await runVigie(['user', 'add', 'ann', '--password-stdin'], {
      dataDir: server.dataDir,
      input: 'correct horse',
    })
    assert.equal(added.exitCode, 0, added.output)
    const { output } = await runAtServer('token', 'create', 'laptop', '--json')
    const made: NewToken = JSON.parse(output)
    assert.match((await askStatus(made.token)).output, /^Server .*\n[^]*\nAgent of web-1: away/)
    assert.equal((await runAtServer('token', 'revoke', made.row.id)).exitCode, 0)
    const late = await askStatus(made.token)
    assert.equal(late.exitCode, 1)
    assert.match(late.output, /the token, or name and password, is not known here/)
    assert.ok(!late.output.includes(made.token))
  })
})
