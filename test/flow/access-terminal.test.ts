import assert from 'node:assert/strict'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { AgentList } from '../../src/api/contract/agents.ts'
import { askHttp, cookieOf, signIn } from './ask-http.ts'
import { startVigie, type Ending, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const password = 'correct horse'
const ctrlC = '\u0003'

describe('who gets in, at a terminal', () => {
  let dataDir = ''

  before(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'vigie-terminal-'))
  })

  after(() => rm(dataDir, { recursive: true, force: true }))

  const start = (command: string, env: Record<string, string> = {}): Promise<Vigie> =>
    startVigie(command.split(' '), { dataDir, env, isOnTerminal: true })

  /** Types each answer once its question is there. */
  const answer = async (command: string, ...answers: readonly string[]): Promise<Ending> => {
    await using vigie = await start(command)
    for (const [at, typed] of answers.entries()) {
      const question = at === 0 ? 'Password: ' : 'The same again: '
      await waitUntil(question, 20_000, () => vigie.output().endsWith(question))
      vigie.process.stdin?.write(typed)
    }
    const ending = await vigie.ended()
    return ending
  }

  test('a password is asked for twice, and not shown', async () => {
    const { exitCode, output } = await answer(
      'user add ann --role admin',
      `${password}\r`,
      `${password}\r`,
    )
    assert.equal(exitCode, 0, output)
    assert.equal(
      output.replaceAll('\r', ''),
      'Password: \nThe same again: \nann is admin and sees everything.\n',
    )
  })

  test('two that differ, and none at all, make no account', async () => {
    const differing = await answer('user add bob', `${password}\r`, `${password}s\r`)
    assert.equal(differing.exitCode, 2)
    assert.match(differing.output, /the two passwords are not the same; try again/)
    assert.doesNotMatch(differing.output, /horse/)
    const left = await answer('user add bob', `${password}${ctrlC}`)
    assert.equal(left.exitCode, 1, left.output)
    assert.match(left.output, /Nothing was changed/)
    assert.doesNotMatch(left.output, /horse/)
  })

  test('the server prints the line that adds a host, which adds it', async () => {
    await using server = await start('server', { VIGIE_LISTEN: '0.0.0.0:0' })
    const url = (await server.url()).replace('0.0.0.0', '127.0.0.1')
    const line = await waitUntil(
      'the line',
      5000,
      () => /^To add a host, run there: (.*) vigie agent\r?\n/m.exec(server.output())?.[1],
    )
    const env = Object.fromEntries(line.split(' ').map((pair) => pair.split('=', 2)))
    assert.equal(env['VIGIE_SERVER_KEY'], await server.key())
    assert.equal(new URL(String(env['VIGIE_SERVER_URL'])).port, new URL(url).port)
    // Not every machine of a test is known by its own name.
    await using agent = await startVigie(['agent'], {
      env: { ...env, VIGIE_SERVER_URL: url, DD_HOSTNAME: 'added' },
    })
    const headers = cookieOf(await signIn(url, { name: 'ann', password }))
    await waitUntil('the host that was added', 20_000, async () => {
      const { agents }: AgentList = JSON.parse(
        (await askHttp(`${url}/api/agents`, { headers })).text,
      )
      return agents.some(({ host, away }) => host === 'added' && !away)
    })
    assert.doesNotMatch(agent.output(), /Cannot deliver/)
    server.process.stdin?.write(ctrlC)
    assert.equal((await server.ended()).exitCode, 0)
  })
})
