import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { maskAddress, maskSecret, maskUrl } from './mask-secret.ts'

describe('maskSecret()', () => {
  test('shows the last five characters of a long one and nothing of its length', () => {
    assert.equal(maskSecret('0123456789abcdef0123456789abcdef'), `${'*'.repeat(27)}bcdef`)
    assert.equal(maskSecret('0123456789abcdef'), `${'*'.repeat(27)}bcdef`)
  })

  for (const secret of ['', 'x', 'correct horse', '0123456789abcde']) {
    test(`shows nothing of ${JSON.stringify(secret)}`, () => {
      assert.equal(maskSecret(secret), '********')
    })
  }
})

describe('maskUrl()', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['http://user:pa:ss@host:1/path?a=b@c', 'http://user:********@host:1/path?a=b@c'],
    ['http://user:p@ss@host', 'http://user:********@host'],
    ['http://:secret@host', 'http://:********@host'],
    ['http://user@host', 'http://user@host'],
    ['http://host:80/a@b', 'http://host:80/a@b'],
    ['user:pass@host', 'user:pass@host'],
  ]
  for (const [url, masked] of cases) {
    test(`turns ${url} into ${masked}`, () => assert.equal(maskUrl(url), masked))
  }
})

describe('maskAddress()', () => {
  const cases: readonly (readonly [string, string])[] = [
    ['http://user:pa/ss@host:1', 'http://********@host:1'],
    ['socks5://user:p@ss@host', 'socks5://********@host'],
    ['user:pass@host', '********@host'],
    ['https://token@host', 'https://********@host'],
    ['http://host:80', 'http://host:80'],
    ['host:80', 'host:80'],
  ]
  for (const [address, masked] of cases) {
    test(`turns ${address} into ${masked}`, () => assert.equal(maskAddress(address), masked))
  }
})
