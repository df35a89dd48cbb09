import assert from 'node:assert/strict'
import { cpSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { createEngineClient, type EngineClient } from '../../src/docker/engine-client.ts'
import { parseEndpoint } from '../../src/docker/endpoint.ts'
import { makeCertificates, type Certificates } from '../engine/make-certificates.ts'
import { startPrivateEngine, type PrivateEngine } from '../engine/private-engine.ts'
import { relayTcp, type Relay } from '../engine/relay-tcp.ts'

describe('an engine that is reached over TCP', () => {
  const folder = mkdtempSync(join(tmpdir(), 'vigie-tls-'))
  const clients: EngineClient[] = []
  let own: Certificates
  let foreign: Certificates
  let plainEngine: PrivateEngine
  let tlsEngine: PrivateEngine
  const relays: Relay[] = []
  let plainAddress = ''
  let tlsAddress = ''

  before(async () => {
    own = makeCertificates(join(folder, 'own'))
    foreign = makeCertificates(join(folder, 'foreign'))
    plainEngine = await startPrivateEngine({
      daemonOptions: ['-H', 'tcp://127.0.0.1:2375', '--tls=false'],
    })
    const files = ['ca', 'cert', 'key'].map(
      (name) => `--tls${name === 'ca' ? 'cacert' : name}=${join(own.server, `${name}.pem`)}`,
    )
    tlsEngine = await startPrivateEngine({
      daemonOptions: ['-H', 'tcp://127.0.0.1:2376', '--tlsverify', ...files],
    })
    relays.push(await relayTcp(plainEngine, 2375), await relayTcp(tlsEngine, 2376))
    ;[plainAddress = '', tlsAddress = ''] = relays.map(({ port }) => `tcp://127.0.0.1:${port}`)
  })

  after(async () => {
    for (const client of clients) client.close()
    for (const relay of relays) await relay[Symbol.asyncDispose]()
    await plainEngine[Symbol.asyncDispose]()
    await tlsEngine[Symbol.asyncDispose]()
    rmSync(folder, { recursive: true })
  })

  const open = (
    address: string,
    { certPath, shouldVerify = true }: { certPath?: string; shouldVerify?: boolean } = {},
  ): EngineClient => {
    const endpoint = parseEndpoint(address, { shouldVerify, ...(certPath && { certPath }) })
    const client = createEngineClient(endpoint, 5000)
    clients.push(client)
    return client
  }

  /** What `DOCKER_CERT_PATH` holds when authority and own certificate come from different places. */
  const mix = (name: string, caFrom: string, certFrom: string): string => {
    const mixed = join(folder, name)
    cpSync(certFrom, mixed, { recursive: true })
    cpSync(join(caFrom, 'ca.pem'), join(mixed, 'ca.pem'))
    return mixed
  }

  test('answers over plain TCP, in a version of its API', async () => {
    const client = open(plainAddress, { shouldVerify: false })
    assert.deepEqual(await client.get('/containers/json?all=1'), [])
    assert.match(client.engine()?.apiVersion ?? '', /^1\.\d\d$/)
  })

  test('answers over TLS with the right certificates, and streams', async () => {
    const client = open(tlsAddress, { certPath: own.client })
    assert.deepEqual(await client.get('/containers/json?all=1'), [])
    const stop = new AbortController()
    const lines = await client.openLines('/events', stop.signal)
    stop.abort()
    assert.deepEqual(await Array.fromAsync(lines), [])
  })

  test('answers over TLS to who does not verify it', async () => {
    const certPath = mix('unverified', foreign.client, own.client)
    const client = open(tlsAddress, { certPath, shouldVerify: false })
    assert.deepEqual(await client.get('/containers/json?all=1'), [])
  })

  for (const [what, makeClient, expected] of [
    [
      'shows a certificate of another authority',
      () => open(tlsAddress, { certPath: mix('wrong-ca', foreign.client, own.client) }),
      /shows a certificate that is not signed by the ca\.pem in DOCKER_CERT_PATH/,
    ],
    [
      'shows a certificate for another name',
      () => open(tlsAddress.replace('127.0.0.1', 'localhost'), { certPath: own.client }),
      /shows a certificate for another name: .*; put a name from the certificate into DOCKER_HOST/,
    ],
    [
      'refuses the certificate of a stranger',
      () => open(tlsAddress, { certPath: mix('stranger', own.client, foreign.client) }),
      /refuses the certificate it was shown/,
    ],
    [
      'speaks TLS where plain HTTP was expected',
      () => open(tlsAddress, { shouldVerify: false }),
      /speaks TLS: set DOCKER_TLS_VERIFY=1, and DOCKER_CERT_PATH to the folder/,
    ],
    [
      'speaks plain HTTP where TLS was expected',
      () => open(plainAddress, { certPath: own.client }),
      /speaks plain HTTP, not TLS: unset DOCKER_TLS_VERIFY and DOCKER_CERT_PATH/,
    ],
  ] as const) {
    test(`is described in one sentence when it ${what}`, async () => {
      const error = await makeClient()
        .get('/containers/json')
        .then(
          () => undefined,
          (fault: Error) => fault,
        )
      console.log(error?.message)
      assert.match(error?.message ?? '', expected)
      assert.ok(!error?.message.includes('\n'))
    })
  }
})
