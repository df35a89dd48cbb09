import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { ProxySettings } from '../../../component/outbound-settings.ts'
import { chooseProxy } from './choose-proxy.ts'

const plain = 'http://plain.proxy:3128'
const tls = 'http://tls.proxy:3128'

function choose(url: string, noProxy: readonly string[], matchesEndings = false): string {
  const settings: ProxySettings = { http: plain, https: tls, noProxy, matchesEndings }
  return chooseProxy(new URL(url), settings) ?? 'direct'
}

describe('chooseProxy()', () => {
  test('takes the proxy of the scheme', () => {
    assert.equal(choose('http://example.com', []), plain)
    assert.equal(choose('https://example.com', []), tls)
  })

  test('goes directly where none is set', () => {
    const settings = { https: tls, noProxy: [], matchesEndings: false }
    assert.equal(chooseProxy(new URL('http://example.com'), settings), undefined)
  })

  for (const host of ['localhost:8127', '127.0.0.1:8127', '127.9.9.9', '[::1]:8127']) {
    test(`reaches this machine directly: ${host}`, () => {
      assert.equal(choose(`http://${host}`, []), 'direct')
    })
  }

  const cases: [entry: string, url: string, isDirect: boolean][] = [
    ['*', 'https://example.com', true],
    ['example.com', 'https://example.com', true],
    ['EXAMPLE.com ', 'https://example.COM', true],
    ['', 'https://example.com', false],
    ['example.com', 'https://other.com', false],
    ['example.com', 'https://api.example.com', false],
    ['example.com', 'https://notexample.com', false],
    ['example.com:443', 'https://example.com', true],
    ['example.com:8443', 'https://example.com:8443', true],
    ['example.com:8443', 'https://example.com', false],
    ['169.254.169.254', 'http://169.254.169.254', true],
    ['10.1.2.3:80', 'http://10.1.2.3', true],
    ['10.0.0.0/8', 'http://10.1.2.3', true],
    ['10.0.0.0/8', 'http://11.1.2.3', false],
    ['10.0.0.0/33', 'http://10.1.2.3', false],
    ['10.0.0.0/', 'http://10.1.2.3', false],
    ['10.0.0.0/8', 'http://ten.example.com', false],
    ['fd00::/8', 'http://[fd12::1]', true],
    ['fd00::/8', 'http://[fe80::1]', false],
    ['10.0.0.0/8', 'http://[fd12::1]', false],
    ['fd12::1', 'http://[fd12::1]', true],
    ['[fd12::1]:8080', 'http://[fd12::1]:8080', true],
    ['[fd12::1]:8080', 'http://[fd12::1]', false],
  ]
  for (const [entry, url, isDirect] of cases) {
    test(`${isDirect ? 'reaches' : 'does not reach'} ${url} directly with "${entry}"`, () => {
      assert.equal(choose(url, ['unrelated.test', entry]) === 'direct', isDirect)
    })
  }

  const endings: [entry: string, url: string, isDirect: boolean][] = [
    ['example.com', 'https://api.example.com', true],
    ['example.com', 'https://example.com', true],
    ['example.com', 'https://notexample.com', false],
    ['.example.com', 'https://api.example.com', true],
    ['.example.com', 'https://example.com', false],
    ['*.example.com', 'https://a.b.example.com', true],
    ['example.com:8443', 'https://api.example.com', false],
    ['0.0.1', 'http://10.0.0.1', false],
  ]
  for (const [entry, url, isDirect] of endings) {
    test(`with endings, ${isDirect ? 'reaches' : 'does not reach'} ${url} directly with "${entry}"`, () => {
      assert.equal(choose(url, [entry], true) === 'direct', isDirect)
    })
  }
})
