import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { HttpError } from '../http/http-error.ts'
import { openSignInLimiter, type SignInLimiter } from './sign-in-limiter.ts'

let nowMs = 0
let limiter: SignInLimiter
beforeEach(() => {
  nowMs = 1_000_000
  limiter = openSignInLimiter({ tries: 5, clock: () => nowMs })
})

/** Seconds that one has to wait; 0 when the try was counted. */
function fail(name: string, address: string): number {
  try {
    limiter.begin(name, address)
    return 0
  } catch (error) {
    assert.ok(error instanceof HttpError)
    assert.equal(error.status, 429)
    return Number(error.headers['retry-after'])
  }
}

/** Tries as soon as it may, each time with the next name and address, until it had to wait so often; gives the waits. */
function waits(count: number, next: (at: number) => readonly [string, string]): readonly number[] {
  const found: number[] = []
  for (let at = 0; found.length < count;) {
    const wait = fail(...next(at))
    if (wait === 0) at += 1
    else found.push(wait)
    nowMs += wait * 1000
  }
  return found
}

describe('openSignInLimiter()', () => {
  test('lets a few go wrong, then makes the name wait, twice as long each time up to a minute', () => {
    for (let at = 0; at < 4; at += 1) assert.equal(fail('ann', `10.0.1.${at}`), 0)
    const found = waits(9, (at) => ['ann', `10.0.0.${at}`])
    assert.deepEqual(found, [1, 2, 4, 8, 16, 32, 60, 60, 60])
  })

  test('makes an address wait that tries many names, up to a quarter of an hour', () => {
    const found = waits(12, (at) => [`name-${at}`, '10.0.0.1'])
    assert.deepEqual(found, [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 900, 900])
  })

  test('counts tries at once before any of them has ended', () => {
    const outcomes = Array.from({ length: 20 }, () => fail('ann', '10.0.0.1'))
    assert.equal(outcomes.filter((wait) => wait === 0).length, 5)
  })

  test('lets others go on', () => {
    for (let at = 0; at < 6; at += 1) fail('ann', '10.0.0.1')
    assert.equal(fail('bob', '10.0.0.2'), 0)
    assert.equal(fail('ann', '10.0.0.2'), 1)
    assert.equal(fail('carl', '10.0.0.1'), 1)
  })

  test('takes a name for the same in capitals, and a network of IPv6 for one', () => {
    for (let at = 0; at < 5; at += 1) fail('ann', `10.0.0.${at}`)
    assert.equal(fail('ANN', '10.0.1.1'), 1)
    for (let at = 0; at < 5; at += 1) fail(`name-${at}`, `2001:db8:0:1::${at}`)
    assert.equal(fail('dora', '2001:DB8:0:1:ffff::9'), 1)
    assert.equal(fail('dora', '2001:db8:0:2::9'), 0)
  })

  test('begins anew for a name whose password was right, not for the address', () => {
    for (let at = 0; at < 4; at += 1) fail('ann', '10.0.0.1')
    limiter.begin('ann', '10.0.0.2')('right')
    for (let at = 0; at < 5; at += 1) assert.equal(fail('ann', `10.0.1.${at}`), 0)
    assert.equal(fail('ann', '10.0.1.9'), 1)
    assert.equal(fail('bob', '10.0.0.1'), 0)
    assert.equal(fail('bob', '10.0.0.1'), 1)
  })

  test('does not count what was not looked at', () => {
    for (let at = 0; at < 20; at += 1) limiter.begin('ann', '10.0.0.1')('not looked at')
    assert.equal(fail('ann', '10.0.0.1'), 0)
  })

  test('forgets after an hour', () => {
    for (let at = 0; at < 5; at += 1) fail('ann', '10.0.0.1')
    nowMs += 60 * 60_000
    for (let at = 0; at < 5; at += 1) assert.equal(fail('ann', '10.0.0.1'), 0)
    assert.equal(fail('ann', '10.0.0.1'), 1)
  })

  test('keeps 10,000 names and addresses at most', () => {
    for (let at = 0; at < 6; at += 1) fail('ann', '10.0.0.1')
    for (let at = 0; at < 10_000; at += 1) fail(`name-${at}`, `10.${at >> 8}.${at & 255}.7`)
    assert.equal(fail('ann', '10.0.0.1'), 0)
  })
})
