import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { engineAddress } from './engine-address.ts'

/** What the sentence about a refused address says is allowed. */
function allowedFor(address: string): unknown {
  const issue = engineAddress.safeParse(address).error?.issues[0]
  return issue?.code === 'custom' ? issue.params?.['allowed'] : undefined
}

describe('engineAddress', () => {
  for (const address of [
    'unix:///var/run/docker.sock',
    'tcp://engine:2376',
    'tcp://[fd00::7]',
    'https://engine/',
  ]) {
    test(`takes ${address}`, () => assert.equal(engineAddress.parse(address), address))
  }

  for (const [address, hint] of [
    [
      'ssh://root@engine',
      'run the agent on that machine, or forward its socket, "ssh -nNT -L /tmp/engine.sock:/var/run/docker.sock root@engine", and set DOCKER_HOST=unix:///tmp/engine.sock',
    ],
    [
      'ssh://me@engine:2222/run/user/1000/docker.sock',
      '"ssh -nNT -p 2222 -L /tmp/engine.sock:/run/user/1000/docker.sock me@engine"',
    ],
    ['ssh://', '/var/run/docker.sock <host>"'],
    ['npipe:////./pipe/docker_engine', 'named pipes exist only on Windows'],
    ['fd://', 'the engine listens there, nobody can connect to it'],
    ['docker.sock', 'http://host:port or https://host:port'],
  ] as const) {
    test(`refuses ${address} and says what to do instead`, () => {
      const allowed = String(allowedFor(address))
      assert.ok(allowed.startsWith('unix:///path/to/docker.sock, tcp://host:port'), allowed)
      assert.ok(allowed.includes(hint), allowed)
    })
  }
})
