import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { clientFaultsExcept, makeHeaders, splitAddress } from './web-destination.ts'

const basicOf = (text: string): string => `Basic ${Buffer.from(text).toString('base64')}`

describe('splitAddress()', () => {
  test('takes the path and the credentials off', () => {
    assert.deepEqual(splitAddress('https://me:p%40ss@example.org:9090/api/v1/write/'), {
      origin: 'https://example.org:9090',
      path: '/api/v1/write',
      credentials: { user: 'me', password: 'p@ss' },
    })
  })

  test('has no path where there is none', () => {
    assert.deepEqual(splitAddress('http://127.0.0.1:4318'), {
      origin: 'http://127.0.0.1:4318',
      path: '',
      credentials: {},
    })
  })
})

describe('makeHeaders()', () => {
  const own = { headers: {} }

  test('says who sends, and nothing of whom it does not know', () => {
    assert.deepEqual(makeHeaders(own, {}, 'vigie/1'), { 'user-agent': 'vigie/1' })
  })

  test('sends a token, or else user and password', () => {
    const both = { ...own, bearer_token: 'abc', user: 'me', password: 'word' }
    assert.equal(makeHeaders(both, {}, '')['authorization'], 'Bearer abc')
    const basic = { ...own, user: 'me', password: 'word' }
    assert.equal(makeHeaders(basic, {}, '')['authorization'], basicOf('me:word'))
  })

  test('takes user and password out of the address where the options have none', () => {
    const inAddress = { user: 'her', password: 'secret' }
    assert.equal(makeHeaders(own, inAddress, '')['authorization'], basicOf('her:secret'))
    const options = { ...own, user: 'me', password: 'word' }
    assert.equal(makeHeaders(options, inAddress, '')['authorization'], basicOf('me:word'))
  })

  test('lets headers of the options count most', () => {
    const options = { headers: { authorization: 'Own', 'X-Scope-OrgID': '7' }, bearer_token: 'abc' }
    assert.deepEqual(makeHeaders(options, {}, 'vigie/1'), {
      'user-agent': 'vigie/1',
      authorization: 'Own',
      'X-Scope-OrgID': '7',
    })
  })
})

test('clientFaultsExcept() has all from 400 to 499 but those', () => {
  const faults = clientFaultsExcept([407, 429])
  assert.equal(faults.length, 98)
  assert.ok(faults.includes(400) && faults.includes(499))
  assert.ok(!faults.includes(407) && !faults.includes(429))
})
