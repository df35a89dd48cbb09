import assert from 'node:assert/strict'
import { mkdtemp, rename, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import type { AgentList } from '../../src/api/contract/agents.ts'
import type { AuditEntry } from '../../src/api/contract/access.ts'
import { otherSelfSigned, selfSigned } from '../store/self-signed.ts'
import { askHttp, signIn } from './ask-http.ts'
import { runVigie, startVigie, type Ending, type Vigie } from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

const token = 'a-token-of-this-test-alone'
const ann = { name: 'ann', password: 'correct horse' }

describe('a server with a certificate', () => {
  let folder = ''
  let server: Vigie
  let url = ''

  const file = (name: string): string => join(folder, name)
  /** As tools that renew certificates do it: each file is there whole. */
  const putPair = async (pair: { readonly cert: string; readonly key: string }): Promise<void> => {
    for (const [name, content] of Object.entries(pair)) {
      await writeFile(file(`${name}.new`), content)
      await rename(file(`${name}.new`), file(`${name}.pem`))
    }
  }
  const askStatus = (ca: string): Promise<Ending> =>
    runVigie(['status'], {
      env: { VIGIE_SERVER_URL: url, VIGIE_ACCESS_TOKEN: token, VIGIE_CA_CERT: file(ca) },
    })
  const startAgent = (ca: string): Promise<Vigie> =>
    startVigie(['agent'], {
      dataDir: folder,
      env: {
        VIGIE_SERVER_URL: url,
        VIGIE_SERVER_KEY: serverKey,
        VIGIE_CA_CERT: file(ca),
        VIGIE_DATA_DIR: file(`agent-${ca}`),
        DD_HOSTNAME: ca,
      },
    })
  let serverKey = ''

  const waitForHost = (host: string, ca: string): Promise<unknown> =>
    waitUntil(`an agent of ${host}`, 20_000, async () => {
      const headers = { authorization: `Bearer ${token}` }
      const { text } = await askHttp(`${url}/api/agents`, { ca, headers })
      const { agents }: AgentList = JSON.parse(text)
      return agents.some((agent) => agent.host === host && !agent.away)
    })

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-tls-'))
    await putPair(selfSigned)
    await writeFile(file('first'), selfSigned.cert)
    await writeFile(file('second'), otherSelfSigned.cert)
    await writeFile(file('both'), selfSigned.cert + otherSelfSigned.cert)
    server = await startVigie(['server'], {
      env: {
        VIGIE_ACCESS_TOKEN: token,
        VIGIE_TLS_CERT: file('cert.pem'),
        VIGIE_TLS_KEY: file('key.pem'),
      },
    })
    url = await server.url()
    serverKey = await server.key()
  })

  after(async () => {
    await server?.[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  test('an agent that trusts it delivers, one that does not says so and what to do', async () => {
    assert.match(url, /^https:/)
    await using trusting = await startAgent('both')
    await waitForHost('both', selfSigned.cert)
    assert.doesNotMatch(trusting.output(), /Cannot deliver/)
    await using other = await startAgent('second')
    await waitUntil('its warning', 20_000, () => /self-signed certificate/.test(other.output()))
    assert.match(other.output(), /vigie\.ca_cert/)
    const { exitCode, output } = await askStatus('second')
    assert.equal(exitCode, 1)
    assert.match(output, /self-signed certificate.*vigie\.ca_cert/)
  })

  test('a certificate that takes its place is shown without a restart, a broken one is not', async () => {
    await using agent = await startAgent('both')
    await waitForHost('both', selfSigned.cert)
    await writeFile(file('cert.pem'), 'no certificate')
    await waitUntil('the warning', 15_000, () => server.output().includes('stays in force'))
    assert.match(server.output(), /WARN \| Cannot speak TLS with .*; the one before stays in force/)
    await waitForHost('both', selfSigned.cert)
    await putPair(otherSelfSigned)
    await waitForHost('both', otherSelfSigned.cert)
    await assert.rejects(askHttp(url, { ca: selfSigned.cert }), /self-signed certificate/)
    assert.equal((await agent.stop()).exitCode, 0)
    assert.doesNotMatch(agent.output(), /Cannot deliver/)
    await using restarted = await startAgent('both')
    await waitForHost('both', otherSelfSigned.cert)
    assert.doesNotMatch(restarted.output(), /Cannot deliver/)
  })

  test('its cookie goes over TLS only', async () => {
    const add = ['user', 'add', ann.name, '--password-stdin']
    await runVigie(add, { dataDir: server.dataDir, input: ann.password })
    const { headers } = await signIn(url, ann, { ca: otherSelfSigned.cert })
    assert.match(headers['set-cookie']?.[0] ?? '', /^__Host-vigie_session=.*; Secure$/)
  })
})

describe('a server behind a proxy', () => {
  const publicUrl = 'https://vigie.example'
  const forwarded = {
    'x-forwarded-for': '203.0.113.9',
    'x-forwarded-proto': 'https',
    'x-forwarded-host': 'vigie.example',
  }
  let server: Vigie
  let url = ''

  before(async () => {
    server = await startVigie(['server'], {
      env: { VIGIE_ACCESS_TOKEN: token, VIGIE_TRUSTED_PROXIES: '127.0.0.2' },
    })
    url = await server.url()
    const add = ['user', 'add', ann.name, '--password-stdin']
    await runVigie(add, { dataDir: server.dataDir, input: ann.password })
  })

  after(() => server?.[Symbol.asyncDispose]())

  const lastAddress = async (): Promise<string | null> => {
    const { output } = await runVigie(['audit', '-n', '1', '--json'], { dataDir: server.dataDir })
    const { action, address }: AuditEntry = JSON.parse(output)
    assert.equal(action, 'sign-in')
    return address
  }

  test('believes what the proxy that is named says of whoever asks', async () => {
    const headers = { ...forwarded, origin: publicUrl }
    const { status, headers: answered } = await signIn(url, ann, { from: '127.0.0.2', headers })
    assert.equal(status, 200)
    assert.match(answered['set-cookie']?.[0] ?? '', /^__Host-vigie_session=.*; Secure$/)
    assert.match(answered['strict-transport-security'] ?? '', /max-age/)
    assert.equal(await lastAddress(), '203.0.113.9')
  })

  test('and not what it says of those before it, which anybody can make up', async () => {
    const forged = { 'x-forwarded-for': '198.51.100.1, 203.0.113.9' }
    const headers = { ...forwarded, ...forged, origin: publicUrl }
    assert.equal((await signIn(url, ann, { from: '127.0.0.2', headers })).status, 200)
    assert.equal(await lastAddress(), '203.0.113.9')
  })

  test('believes nobody else', async () => {
    const { status, headers } = await signIn(url, ann, { from: '127.0.0.3', headers: forwarded })
    assert.equal(status, 200)
    assert.match(headers['set-cookie']?.[0] ?? '', /^vigie_session=.*; SameSite=Lax$/)
    assert.equal(headers['strict-transport-security'], undefined)
    assert.equal(await lastAddress(), '127.0.0.3')
    const asPublic = { ...forwarded, origin: publicUrl }
    const refused = await signIn(url, ann, { from: '127.0.0.3', headers: asPublic })
    assert.equal(refused.status, 403)
  })
})
