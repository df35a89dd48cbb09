import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openLog } from '../telemetry/log.ts'
import { openLocalGate } from './local-gate.ts'
import { buildHttp } from './start-http.ts'
import { clientAddress } from './trusted-proxies.ts'

const options = {
  host: '127.0.0.1',
  port: 0,
  gate: openLocalGate('127.0.0.1'),
  log: openLog('silent', 'test'),
  trustedProxies: ['10.0.0.1', '192.168.0.0/16', '2001:db8::/32'],
  routes: [
    {
      method: 'GET' as const,
      path: '/api/who',
      audience: 'anyone' as const,
      handle: async (request: Parameters<typeof clientAddress>[0]) => ({
        address: clientAddress(request),
        protocol: request.protocol,
        host: request.host,
      }),
    },
  ],
}

/** Whom the server takes the asker for. */
async function ask(
  remoteAddress: string,
  headers: Record<string, string>,
): Promise<Record<string, string>> {
  const app = await buildHttp(options)
  const all = { host: 'inside:8127', ...headers }
  const answer = await app.inject({ url: '/api/who', remoteAddress, headers: all })
  await app.close()
  return answer.json()
}

describe('createProxyTrust()', () => {
  const forwarded = {
    'x-forwarded-for': '203.0.113.7',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'vigie.example.com',
  }
  const outside = { address: '203.0.113.7', protocol: 'https', host: 'vigie.example.com' }
  for (const proxy of ['10.0.0.1', '::ffff:10.0.0.1', '192.168.7.7', '2001:db8::5']) {
    test(`believes ${proxy}`, async () => {
      assert.deepEqual(await ask(proxy, forwarded), outside)
    })
  }

  for (const other of ['10.0.0.2', '203.0.113.99', '2001:db9::1', '127.0.0.1']) {
    test(`does not believe ${other}`, async () => {
      const own = { address: other, protocol: 'http', host: 'inside:8127' }
      assert.deepEqual(await ask(other, forwarded), own)
    })
  }

  test('what the client put in front of what a proxy adds does not count', async () => {
    const list = '127.0.0.1, 198.51.100.1, 203.0.113.7, 192.168.7.7'
    assert.equal((await ask('10.0.0.1', { 'x-forwarded-for': list }))['address'], '203.0.113.7')
  })

  test('what is no address is not taken for one', async () => {
    for (const noise of ['unknown', '_hidden', '"><script>', '']) {
      assert.equal((await ask('10.0.0.1', { 'x-forwarded-for': noise }))['address'], '10.0.0.1')
    }
  })
})
