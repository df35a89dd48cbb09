import assert from 'node:assert/strict'
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'

/** Starts an agent that has no server to deliver to, and waits until it runs. */
async function startAgent(cwd: string) {
  const agent = spawn(process.execPath, [join(import.meta.dirname, 'main.ts'), 'agent'], {
    cwd,
    env: { VIGIE_SERVER_URL: 'http://127.0.0.1:1' },
    stdio: ['ignore', 'ignore', 'pipe'],
  })
  const exited = once(agent, 'exit')
  await once(agent.stderr, 'data')
  return { agent, exited }
}

function makeFolder(t: TestContext): string {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-main-'))
  t.after(() => rmSync(folder, { recursive: true }))
  return folder
}

describe('the process', () => {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    test(`stops in order on ${signal}`, async (t) => {
      const { agent, exited } = await startAgent(makeFolder(t))
      agent.kill(signal)
      assert.deepEqual(await exited, [0, null])
    })
  }

  test('ends at once, with the code for the signal, on the second', async (t) => {
    const { agent, exited } = await startAgent(makeFolder(t))
    // Two of the same kind may arrive as one.
    agent.kill('SIGINT')
    agent.kill('SIGTERM')
    const [exitCode] = await exited
    assert.ok([130, 143].includes(Number(exitCode)), `exit code ${exitCode}`)
  })
})
