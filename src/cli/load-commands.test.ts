import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { commands as agentCommands } from './commands/agent-commands.ts'
import { commands } from './commands/index.ts'
import { loadCommands } from './load-commands.ts'

const namesOf = async (args: readonly string[]): Promise<readonly string[]> =>
  (await loadCommands(commands, args)).map(({ name }) => name)

describe('loadCommands()', () => {
  test('loads no command but the one that is named', async () => {
    assert.deepEqual(await namesOf(['health', 'server']), ['health'])
  })

  test('loads all of them in their order for the help, and for a name that none has', async () => {
    const all = Object.keys(commands)
    for (const args of [[], ['--help'], ['help', 'health'], ['constructor']]) {
      assert.deepEqual(await namesOf(args), all)
    }
  })
})

test('the program of an agent has a part of all commands, under the same names', async () => {
  const loaded = await loadCommands(agentCommands, [])
  assert.deepEqual(
    loaded.map(({ name }) => name),
    Object.keys(agentCommands),
  )
  assert.deepEqual(
    Object.keys(commands).filter((name) => name in agentCommands),
    Object.keys(agentCommands),
  )
})
