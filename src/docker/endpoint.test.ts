import assert from 'node:assert/strict'
import { mkdtempDisposableSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { mayBeHere, parseEndpoint } from './endpoint.ts'

const plain = { shouldVerify: false }

describe('parseEndpoint()', () => {
  for (const [address, socketPath] of [
    ['unix:///var/run/docker.sock', '/var/run/docker.sock'],
    ['/run/user/1000/docker.sock', '/run/user/1000/docker.sock'],
  ] as const) {
    test(`reads the socket ${address}`, () => {
      const expected = { kind: 'socket', address: `unix://${socketPath}`, socketPath }
      assert.deepEqual(parseEndpoint(address, plain), expected)
    })
  }

  for (const [address, host, port] of [
    ['tcp://engine:2375', 'engine', 2375],
    ['tcp://engine', 'engine', 2375],
    ['tcp://10.0.0.7:4243/', '10.0.0.7', 4243],
    ['tcp://[fd00::7]:2375', 'fd00::7', 2375],
    ['http://engine:80', 'engine', 80],
  ] as const) {
    test(`reads ${address} as plain TCP`, () => {
      const expected = { kind: 'tcp', address, host, port }
      assert.deepEqual(parseEndpoint(address, plain), expected)
    })
  }

  for (const [address, options, port] of [
    ['https://engine', plain, 2376],
    ['tcp://engine', { shouldVerify: true }, 2376],
    ['tcp://engine:2400', { shouldVerify: true }, 2400],
  ] as const) {
    test(`uses TLS for ${address} with shouldVerify ${options.shouldVerify}`, () => {
      const endpoint = parseEndpoint(address, options)
      assert.ok(endpoint.kind === 'tcp')
      assert.equal(endpoint.port, port)
      assert.deepEqual(endpoint.tls, { rejectUnauthorized: options.shouldVerify })
    })
  }

  test('uses TLS with the certificates of a folder', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-certs-'))
    for (const name of ['ca', 'cert', 'key'])
      writeFileSync(join(folder.path, `${name}.pem`), `the ${name}`)
    const endpoint = parseEndpoint('tcp://engine', { certPath: folder.path, shouldVerify: true })
    assert.ok(endpoint.kind === 'tcp')
    assert.equal(endpoint.port, 2376)
    assert.equal(String(endpoint.tls?.ca), 'the ca')
    assert.equal(String(endpoint.tls?.cert), 'the cert')
    assert.equal(String(endpoint.tls?.key), 'the key')
  })

  test('names the folder when a certificate is missing', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-certs-'))
    assert.throws(
      () => parseEndpoint('tcp://engine', { certPath: folder.path, shouldVerify: true }),
      (error: Error) => {
        assert.match(error.message, /DOCKER_CERT_PATH/)
        assert.ok(error.message.includes(folder.path))
        return true
      },
    )
  })

  for (const address of [
    '',
    'unix://',
    'unix://docker.sock',
    'ssh://root@engine',
    'npipe:////./pipe/docker_engine',
    'engine:2375',
    'tcp://',
    'tcp://root@engine:2375',
    'tcp://engine:99999',
    'tcp://engine:2375/v1.41',
  ]) {
    test(`refuses ${JSON.stringify(address)} with a sentence that names it`, () => {
      assert.throws(() => parseEndpoint(address, plain), {
        code: 'ENGINE_ENDPOINT',
        message: `Cannot use DOCKER_HOST "${address}": expected unix:///path/to/docker.sock or tcp://host:port`,
      })
    })
  }
})

describe('mayBeHere()', () => {
  for (const [address, expected] of [
    ['unix:///var/run/docker.sock', true],
    ['tcp://127.0.0.1:2375', true],
    ['tcp://[::1]:2375', true],
    ['tcp://localhost', true],
    ['tcp://127.0.0.1.example.org', false],
    ['tcp://10.0.0.7', false],
  ] as const) {
    test(`says ${expected} of ${address}`, () =>
      assert.equal(mayBeHere(parseEndpoint(address, plain)), expected))
  }
})
