import assert from 'node:assert/strict'
import { createHash } from 'node:crypto'
import { mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { ReplayEngine, readRecording, type Recording } from '../agent/replay-engine.ts'
import { openEchoingProxy, type EchoingProxy } from './echoing-proxy.ts'
import { plantAccess } from './planted-access.ts'
import { PlantedSecrets } from './planted-secrets.ts'
import {
  askSql,
  getJson,
  runVigie,
  startVigie,
  type Ending,
  type Vigie,
  type VigieOptions,
} from './vigie-process.ts'
import { waitUntil } from './wait-until.ts'

/** What people run beside `vigie up`, with the same configuration. */
const commands = [
  'status',
  'status --json',
  'config',
  'secret',
  'check docker --json',
  'check host',
  'stats --no-stream',
  'runs',
  'key list',
  'user list',
  'token list',
  'audit',
]

/** Everything that a question in SQL can be put to. */
const views = [
  'metrics',
  'events',
  'distributions',
  'service_checks',
  'containers',
  'container_totals',
  'logs',
]

/** What admins are told of who gets in. */
const accessRoutes = ['keys', 'users', 'tokens', 'audit', 'me'].map((one) => `/api/access/${one}`)

const secrets = new PlantedSecrets()

describe('no secret is told', () => {
  let folder = ''
  let engine: ReplayEngine
  let proxy: EchoingProxy
  let up: Vigie
  let url = ''
  let token = ''

  before(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vigie-secrets-'))
    engine = await new ReplayEngine(recordContainer()).start()
    proxy = await openEchoingProxy()
    token = secrets.plant('vigie.access_token')
    await writeFile(join(folder, 'vigie.yaml'), await configure(folder, proxy.port, token))
    up = await startVigie(['up'], withSecrets())
    url = await up.url()
    await plantAccess({
      url,
      secrets,
      // Without what the log says of the configuration.
      run: (command, input = '') =>
        runVigie(command.split(' '), { ...withSecrets({ DD_LOG_LEVEL: 'off' }), input }),
    })
    await waitForContainerRow()
  })

  after(async () => {
    await up[Symbol.asyncDispose]()
    await proxy[Symbol.asyncDispose]()
    await engine[Symbol.asyncDispose]()
    await rm(folder, { recursive: true, force: true })
  })

  const withSecrets = (env: Record<string, string> = {}): VigieOptions => ({
    dataDir: folder,
    env: {
      DOCKER_HOST: engine.dockerHost,
      DD_LOG_LEVEL: 'trace',
      ...environment(),
      ...(url !== '' && { VIGIE_SERVER_URL: url }),
      ...env,
    },
  })

  const run = (args: readonly string[], env: Record<string, string> = {}): Promise<Ending> =>
    runVigie(args, withSecrets(env))

  const waitForContainerRow = async (): Promise<void> => {
    await waitUntil('the container in the list', 60_000, async () => {
      const { containers } = await getJson<{ containers: readonly unknown[] }>(
        `${url}/api/containers?state=all`,
        token,
      )
      return containers[0]
    })
  }

  test('although they are used: proxy and intakes are shown what they have to be', async () => {
    const everything = (): string => proxy.asked.map(({ headers }) => headers).join('\n')
    const wanted = [
      'proxy.http',
      'proxy.https',
      'api_key',
      'additional_endpoints',
      'ENC[further]',
      'logs_config.api_key',
    ]
    await waitUntil('every key at the proxy', 60_000, () => {
      const found = secrets.find(everything())
      return wanted.every((what) => found.includes(what)) || undefined
    })
  })

  test('by the processes themselves, however much they say', () => {
    secrets.assertNone('vigie up', up.output())
    assert.match(up.output(), /skip_ssl_validation is on/)
  })

  for (const command of commands) {
    test(`by vigie ${command}`, async () => {
      const { output } = await run(command.split(' '))
      assert.notEqual(output, '')
      secrets.assertNone(`vigie ${command}`, output)
    })
  }

  test('by a command that fails', async () => {
    const down = { VIGIE_SERVER_URL: 'http://127.0.0.1:1' }
    const store = { VIGIE_STORE_URL: 'http://127.0.0.1:1', VIGIE_DATA_DIR: join(folder, 'other') }
    const bad = {
      VIGIE_SERVER_URL: `http://user:${secrets.plant('vigie.server_url')}@127.0.0.1:1`,
      DD_API_KEY: `${secrets.plant('a bad api_key')} with a space`,
      DD_PROXY_HTTP: `socks5://user:${secrets.plant('a bad proxy.http')}@127.0.0.1:1`,
      DD_ADDITIONAL_ENDPOINTS: `{"https://intake.invalid": ["${secrets.plant('broken JSON')}"`,
      DD_HOSTNAME: 'ENC[not-a-host]',
    }
    for (const [args, env] of [
      [['status'], down],
      [['server'], store],
      [['up'], bad],
      [['config'], bad],
    ] as const) {
      const { exitCode, output } = await run(args, env)
      assert.equal(exitCode, 1, output)
      secrets.assertNone(`vigie ${args.join(' ')} that fails`, output)
    }
  })

  test('by the API, on any of its routes', async () => {
    const { paths } = await getJson<{ paths: Record<string, { get?: unknown }> }>(
      `${url}/api/openapi.json`,
      token,
    )
    const routes = Object.keys(paths).filter((path) => paths[path]?.get !== undefined)
    for (const wanted of ['/api/containers/{id}', ...accessRoutes])
      assert.ok(routes.includes(wanted), routes.join(' '))
    for (const route of routes) {
      const path = route.replace(/\{id\}/, readRecording('web').Id).replaceAll(/\{\w+\}/g, 'x')
      secrets.assertNone(path, await readAnswer(path))
    }
  })

  test('by the pages', async () => {
    for (const path of ['/', '/agents', '/access', '/api/docs', '/sign-in']) {
      secrets.assertNone(path, await readAnswer(path))
    }
  })

  test('by the container that has them in its variables, labels and command', async () => {
    const answer = await readAnswer(`/api/containers/${readRecording('web').Id}`)
    assert.match(answer, /DB_PASSWORD=\*{8}/)
    secrets.assertNone('the container', answer)
  })

  for (const view of views) {
    test(`by the store, in ${view}`, async () => {
      const rows = await askSql(url, `SELECT * FROM ${view} LIMIT 20000`, token)
      secrets.assertNone(view, JSON.stringify(rows))
    })
  }

  test('by any file that is left behind', async () => {
    assert.equal((await up.stop()).exitCode, 0)
    secrets.assertNone('vigie up', up.output())
    const own = new Set(['vigie.yaml', 'vault', 'vault.json'].map((name) => join(folder, name)))
    await secrets.assertNoneInFiles(folder, own)
  })

  test('of what was made here only hashes are kept', async () => {
    const names = await readdir(join(folder, 'access'))
    const texts = await Promise.all(
      names.map((name) => readFile(join(folder, 'access', name), 'utf8')),
    )
    const kept = texts.join('\n')
    for (const what of ['the key of an agent', 'a token', 'the cookie of a session']) {
      const hash = createHash('sha256').update(secrets.valueOf(what)).digest('hex')
      assert.ok(kept.includes(hash), `no hash of ${what} in ${names.join(' ')}`)
    }
    secrets.assertNone('the state of access', kept)
  })

  /** Head and beginning of an answer, also of one that does not end, whatever its status. */
  async function readAnswer(path: string): Promise<string> {
    const asking = new AbortController()
    const answer = await fetch(`${url}${path}`, {
      headers: { authorization: `Bearer ${token}` },
      signal: asking.signal,
    })
    const isStream = answer.headers.get('content-type')?.includes('event-stream') === true
    let text = JSON.stringify([...answer.headers])
    for await (const part of answer.body ?? []) {
      text += Buffer.from(part).toString('latin1')
      if (isStream || text.length > 10_000_000) break
    }
    asking.abort()
    return text
  }
})

/** A container as careless as many are. */
function recordContainer(): Recording {
  const recording: Recording & { Config?: object; Path?: string; Args?: readonly string[] } =
    readRecording('web')
  const login = `postgres://app:${secrets.plant('an address in a variable')}@db/shop`
  return Object.assign(recording, {
    Config: {
      ...recording.Config,
      Env: [`DB_PASSWORD=${secrets.plant('a variable of a container')}`, `DATABASE_URL=${login}`],
      Labels: {
        'com.example.api_key': secrets.plant('a label'),
        'com.example.start': `run --token=${secrets.plant('a label with a flag')}`,
      },
      Cmd: ['app', '--password', secrets.plant('an argument')],
    },
    Path: 'app',
    Args: ['--password', secrets.valueOf('an argument')],
  })
}

const logsKeys = {
  main: secrets.plant('logs_config.api_key'),
  further: secrets.plant('logs_config.additional_endpoints'),
}
const clientSecret = secrets.plant('vigie.oidc.client_secret')

/** What is given by variables. */
function environment(): Readonly<Record<string, string>> {
  return {
    VIGIE_OIDC_CLIENT_SECRET: clientSecret,
    DD_LOGS_CONFIG_API_KEY: logsKeys.main,
    DD_LOGS_CONFIG_ADDITIONAL_ENDPOINTS: JSON.stringify([
      { host: 'logs.invalid', port: 443, api_key: logsKeys.further },
    ]),
  }
}

/** What stands in the file; and the program that knows the rest. */
async function configure(folder: string, proxyPort: number, token: string): Promise<string> {
  const program = join(folder, 'vault')
  const answers = {
    further: { value: secrets.plant('ENC[further]') },
    storage: { value: secrets.plant('ENC[storage]') },
    'not-a-host': { value: `${secrets.plant('ENC[not-a-host]')} of words` },
  }
  await writeFile(`${program}.json`, JSON.stringify(answers), { mode: 0o600 })
  await writeFile(program, `#!/bin/sh\ncat >/dev/null\necho told >&2\ncat ${program}.json\n`, {
    mode: 0o700,
  })
  await writeLogs(folder)
  const login = (what: string): string => `user:${secrets.plant(what)}`
  return `
api_key: ${secrets.plant('api_key')}
dd_url: http://${login('dd_url')}@intake.invalid
additional_endpoints:
  "http://${login('the address of additional_endpoints')}@further.invalid":
    - ${secrets.plant('additional_endpoints')}
    - ENC[further]
proxy:
  http: http://${login('proxy.http')}@127.0.0.1:${proxyPort}
  https: http://${login('proxy.https')}@127.0.0.1:${proxyPort}
  no_proxy: [127.0.0.1]
no_proxy_nonexact_match: true
skip_ssl_validation: true
logs_enabled: true
logs_config: {container_collect_all: true}
secret_backend_command: ${program}
vigie:
  access_token: ${token}
  server_key: ${secrets.plant('vigie.server_key')}
  oidc: {issuer: "http://127.0.0.1:1", client_id: vigie}
  store: {password: "ENC[storage]"}
`
}

/** Lines to send, so that the intakes of logs are shown their keys. */
async function writeLogs(folder: string): Promise<void> {
  const path = join(folder, 'app.log')
  await writeFile(path, 'one line\nanother line\n')
  await mkdir(join(folder, 'conf.d'))
  await writeFile(
    join(folder, 'conf.d/app.yaml'),
    `logs: [{type: file, path: ${path}, service: app, source: app, start_position: beginning}]\n`,
  )
}
