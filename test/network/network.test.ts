import assert from 'node:assert/strict'
import { execFile, spawn } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'
import { test } from 'node:test'
import { promisify } from 'node:util'
import { openNetwork, type NetworkHost } from './open-network.ts'

const execute = promisify(execFile)
const echo = ['python3', join(import.meta.dirname, 'echo.py')]

/** Seconds that each of twenty datagrams took there and back, of those that came back in time. */
async function send(from: NetworkHost, to: NetworkHost, withinS: number): Promise<number[]> {
  const args = ['netns', 'exec', from.namespace, ...echo, to.address, String(withinS)]
  const { stdout } = await execute('ip', args)
  return stdout.split('\n').filter(Boolean).map(Number)
}

test('a wire of tests can be slow, lossy and cut', async () => {
  await using network = await openNetwork(2)
  const [a, b] = network.hosts
  assert.ok(a && b)
  const answering = spawn('ip', ['netns', 'exec', b.namespace, ...echo], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    await once(answering.stdout, 'data')
    assert.equal((await send(a, b, 20)).length, 20)
    await network.delay(0.3)
    const slow = await send(a, b, 20)
    assert.ok(slow.length === 20 && slow.every((s) => s >= 0.6), String(slow))
    await network.heal()
    await network.lose(0.5)
    const { length } = await send(a, b, 1)
    assert.ok(length < 20, `${length} of 20 came back`)
    await network.cut()
    assert.deepEqual(await send(a, b, 0.2), [])
    await network.heal()
    assert.equal((await send(a, b, 20)).length, 20)
  } finally {
    answering.kill()
  }
})
