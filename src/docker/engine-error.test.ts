import assert from 'node:assert/strict'
import { userInfo } from 'node:os'
import { describe, test } from 'node:test'
import { describeFault, forbiddenMessage } from './engine-error.ts'

const endpoint = 'unix:///var/run/docker.sock'

function fault(code: string): Error {
  return Object.assign(new Error(`connect ${code} /var/run/docker.sock`), { code })
}

describe('describeFault()', () => {
  for (const [code, expected, advice] of [
    ['ENOENT', 'ENGINE_ABSENT', /no such socket; start the engine, or set DOCKER_HOST/],
    ['EACCES', 'ENGINE_FORBIDDEN', /permission denied for user .*; run "usermod -aG docker /],
    ['EPERM', 'ENGINE_FORBIDDEN', /permission denied/],
    ['ECONNREFUSED', 'ENGINE_REFUSED', /does not answer: connect ECONNREFUSED .* set DOCKER_HOST/],
    ['ECONNRESET', 'ENGINE_REFUSED', /does not answer: connect ECONNRESET/],
  ] as const) {
    test(`turns ${code} into one sentence`, () => {
      const cause = fault(code)
      const error = describeFault(endpoint, cause)
      assert.equal(error.code, expected)
      assert.equal(error.cause, cause)
      assert.match(error.message, advice)
      assert.ok(error.message.includes(endpoint) && !error.message.includes('\n'))
    })
  }
})

describe('forbiddenMessage()', () => {
  test('names the user', () => {
    assert.ok(forbiddenMessage(endpoint).includes(`for user ${userInfo().username};`))
  })

  const isRoot = process.geteuid?.() === 0
  test('gives the number of a user without a name', { skip: !isRoot }, () => {
    process.seteuid?.(54_321)
    try {
      assert.match(forbiddenMessage(endpoint), /for user 54321;/)
    } finally {
      process.seteuid?.(0)
    }
  })
})
