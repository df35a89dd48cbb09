import assert from 'node:assert/strict'
import { chmodSync, mkdirSync, mkdtempSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { geteuid, seteuid } from 'node:process'
import { z } from 'zod'
import { ConfigurationError } from './fault.ts'
import { loadConfiguration, type ConfigurationRequest } from './load-configuration.ts'

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-config-'))
})
after(() => rmSync(folder, { recursive: true }))

function write(name: string, content: string | Uint8Array): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  return path
}

function load(request: Partial<ConfigurationRequest>): ReturnType<typeof loadConfiguration> {
  return loadConfiguration({ env: {}, cwd: folder, components: {}, searchPaths: [], ...request })
}

function faultsOf(request: Partial<ConfigurationRequest>): readonly string[] {
  try {
    load(request)
  } catch (error) {
    if (error instanceof ConfigurationError) {
      return error.faults.map(({ place, message }) => `${place}: ${message}`.replace(folder, '…'))
    }
    throw error
  }
  return []
}

/** Lets nobody read the file but root; and everybody find it. */
function closeToOthers(name: string): void {
  chmodSync(folder, 0o755)
  chmodSync(join(folder, name), 0)
}

/** Runs `body` as a user who may read nothing that belongs to root; every file is read in one go, so nothing else runs. */
function asNobody<Result>(body: () => Result): Result {
  const user = geteuid?.() ?? 0
  if (user !== 0) return body()
  seteuid?.(65_534)
  try {
    return body()
  } finally {
    seteuid?.(user)
  }
}

describe('which file is read', () => {
  test('the one that is named, from the folder of the command', () => {
    write('named/a.yaml', 'hostname: a')
    const { file, settings } = load({ argvPath: 'named/a.yaml' })
    assert.deepEqual([file, settings.hostname], [join(folder, 'named/a.yaml'), 'a'])
  })

  test('the one of VIGIE_CONFIG, unless the command line names another', () => {
    write('variable.yaml', 'hostname: variable')
    write('argument.yaml', 'hostname: argument')
    const env = { VIGIE_CONFIG: 'variable.yaml' }
    assert.equal(load({ env }).settings.hostname, 'variable')
    assert.equal(load({ env, argvPath: 'argument.yaml' }).settings.hostname, 'argument')
  })

  test('in a named folder vigie.yaml before datadog.yaml', () => {
    write('both/datadog.yaml', 'hostname: datadog')
    assert.equal(load({ argvPath: 'both' }).settings.hostname, 'datadog')
    write('both/vigie.yaml', 'hostname: vigie')
    assert.equal(load({ argvPath: 'both' }).settings.hostname, 'vigie')
  })

  test('the first of the known places that is there', () => {
    write('known/second.yaml', 'hostname: second')
    write('known/third.yaml', 'hostname: third')
    const searchPaths = ['known/first.yaml', 'known/second.yaml', 'known/third.yaml']
    const { settings } = load({ searchPaths: searchPaths.map((path) => ({ path })) })
    assert.equal(settings.hostname, 'second')
  })

  test('none when none is there', () => {
    const { file, settings } = load({ searchPaths: [{ path: 'nowhere.yaml' }] })
    assert.deepEqual([file, settings.listen.port], [undefined, 8127])
  })
})

describe('a file that cannot be read', () => {
  test('named but missing', () => {
    assert.deepEqual(faultsOf({ argvPath: 'missing.yaml' }), [
      '--config: saw missing.yaml; allowed: a file that exists, or a folder with vigie.yaml or datadog.yaml',
    ])
    assert.match(faultsOf({ env: { VIGIE_CONFIG: 'x' } })[0] ?? '', /^environment VIGIE_CONFIG: /)
  })

  test('a folder without one', () => {
    mkdirSync(join(folder, 'hollow'))
    assert.match(faultsOf({ argvPath: 'hollow' })[0] ?? '', /^--config: saw hollow; allowed: /)
  })

  test('something else than a file', () => {
    assert.deepEqual(faultsOf({ argvPath: '/dev/zero' }), [
      '/dev/zero: saw something that is not a file; allowed: a file',
    ])
  })

  test('too large, without reading it', () => {
    truncateSync(write('huge.yaml', ''), 2 ** 40)
    assert.deepEqual(faultsOf({ argvPath: 'huge.yaml' }), [
      '…/huge.yaml: saw 1099511627776 bytes; allowed: at most 1048576',
    ])
  })

  test('not a text', () => {
    write('binary.yaml', Uint8Array.of(0xc3, 0x28, 0xff))
    assert.match(faultsOf({ argvPath: 'binary.yaml' })[0] ?? '', /saw bytes that are not UTF-8/)
  })

  test('forbidden, and ours', () => {
    write('ours/datadog.yaml', 'hostname: x')
    closeToOthers('ours/datadog.yaml')
    const request = { searchPaths: [{ path: 'ours/datadog.yaml' }] }
    assert.match(asNobody(() => faultsOf(request))[0] ?? '', /cannot be read by this user/)
  })

  test("forbidden, and another agent's: goes on without it and says so", () => {
    write('foreign/datadog.yaml', 'hostname: x')
    closeToOthers('foreign/datadog.yaml')
    const searchPaths = [{ path: 'foreign/datadog.yaml', isForeign: true }]
    const { file, warnings } = asNobody(() => load({ searchPaths }))
    assert.equal(file, undefined)
    assert.match(warnings[0] ?? '', /datadog\.yaml: cannot be read by this user/)
  })

  test('comes together with the faults of the environment', () => {
    const env = { VIGIE_LISTEN: 'nowhere', DD_LOG_LEVEL: 'loud' }
    assert.equal(faultsOf({ argvPath: 'missing.yaml', env }).length, 3)
  })
})

describe('the files for single checks', () => {
  const docker = {
    name: 'docker',
    about: 'Containers',
    config: z.strictObject({ tags: z.array(z.string()).default([]) }),
  }
  const components = { sources: [docker] }
  const tagsOf = (request: Partial<ConfigurationRequest>): unknown =>
    load({ components, ...request }).settings.sources['docker']?.config

  test("are those of the folder that is named, the agent's default only where there is no other", () => {
    write('checks/docker.d/conf.yaml.default', 'instances: [{tags: [default], service: web}]')
    const env = { DD_CONFD_PATH: 'checks' }
    assert.deepEqual(tagsOf({ env }), { tags: ['default', 'service:web'] })
    write('checks/docker.yaml', 'instances: [{tags: [own]}]')
    assert.deepEqual(tagsOf({ env }), { tags: ['own'] })
  })

  test('count before the default, and after the file and the environment', () => {
    write('layers/conf.d/docker.d/conf.yaml', 'instances: [{tags: [check]}]')
    write('layers/vigie.yaml', '')
    assert.deepEqual(tagsOf({ argvPath: 'layers' }), { tags: ['check'] })
    write('layers/vigie.yaml', 'vigie: {sources: {docker: {tags: [file]}}}')
    assert.deepEqual(tagsOf({ argvPath: 'layers' }), { tags: ['file'] })
    const env = { VIGIE_SOURCES_DOCKER_TAGS: 'variable' }
    assert.deepEqual(tagsOf({ argvPath: 'layers', env }), { tags: ['variable'] })
  })

  test("may be closed to us where they are another agent's", () => {
    write('closed/datadog.yaml', '')
    write('closed/conf.d/docker.yaml', 'instances: [{tags: [x]}]')
    closeToOthers('closed/conf.d/docker.yaml')
    const foreign = { path: 'closed/datadog.yaml', isForeign: true }
    const { warnings } = asNobody(() => load({ components, searchPaths: [foreign] }))
    assert.match(warnings[0] ?? '', /docker\.yaml: cannot be read by this user/)
    const own = { components, searchPaths: [{ path: 'closed/datadog.yaml' }] }
    assert.match(asNobody(() => faultsOf(own))[0] ?? '', /docker\.yaml: cannot be read/)
  })
})

describe('keys that are kept in files', () => {
  test('count as if they stood in the configuration, and say where they come from', () => {
    write('keys/api', 'the-api-key\n')
    write('keys/server', ' the-server-key ')
    write('keys/client', 'the-client-secret')
    const { settings, effective } = load({
      env: {
        VIGIE_API_KEY_FILE: 'keys/api',
        VIGIE_SERVER_KEY_FILE: join(folder, 'keys/server'),
        VIGIE_OIDC_CLIENT_SECRET_FILE: 'keys/client',
        VIGIE_OIDC_CLIENT_ID: 'vigie',
        VIGIE_OIDC_ISSUER: 'https://id.example.org',
        // Agent 5's name is too plain to count beside the file.
        API_KEY: 'of-something-else',
      },
    })
    assert.equal(settings.apiKey, 'the-api-key')
    assert.equal(settings.serverKey, 'the-server-key')
    assert.equal(settings.access.oidc?.clientSecret, 'the-client-secret')
    const apiKey = effective.find(({ setting }) => setting.key === 'api_key')
    assert.equal(apiKey?.place, join(folder, 'keys/api'))
  })

  const refusals: readonly (readonly [string, Record<string, string>, RegExp])[] = [
    [
      'missing',
      {},
      /^environment VIGIE_API_KEY_FILE: …\/keys\/missing: saw no such file; name a file that exists with vigie\.api_key_file$/,
    ],
    ['', {}, /^environment VIGIE_API_KEY_FILE: …\/keys: saw something that is not a file/],
    ['empty', {}, /saw that …\/keys\/empty is empty; put the key in it$/],
    ['words', {}, /^…\/keys\/words: saw a text of 10 characters; allowed: 1 or more letters/],
    [
      'words',
      { DD_API_KEY: 'x' },
      /saw a file beside api_key \(environment DD_API_KEY\); set one of them only$/,
    ],
  ]
  for (const [name, env, expected] of refusals) {
    test(`are a fault: ${JSON.stringify(name)} ${JSON.stringify(env)}`, () => {
      write('keys/empty', ' \n')
      write('keys/words', 'top secret')
      const faults = faultsOf({ env: { VIGIE_API_KEY_FILE: `keys/${name}`, ...env } })
      assert.equal(faults.length, 1)
      assert.match(faults[0] ?? '', expected)
    })
  }

  test('that belong to somebody else are a fault that says so', () => {
    write('keys/closed', 'x')
    closeToOthers('keys/closed')
    const faults = asNobody(() => faultsOf({ env: { VIGIE_SERVER_KEY_FILE: 'keys/closed' } }))
    assert.match(faults[0] ?? '', /cannot be read by this user: permission denied/)
  })
})

describe('the key for the server', () => {
  const keysOf = (env: Record<string, string>): unknown => {
    const { apiKey, serverKey } = load({ env }).settings
    return [apiKey, serverKey]
  }

  test('is api_key, where that is no key for Datadog', () => {
    assert.deepEqual(keysOf({ DD_API_KEY: 'a' }), ['a', 'a'])
    assert.deepEqual(keysOf({ DD_API_KEY: 'a', DD_SITE: 'datadoghq.eu' }), ['a', undefined])
    assert.deepEqual(keysOf({ DD_API_KEY: 'a', DD_URL: 'https://intake' }), ['a', undefined])
    assert.deepEqual(keysOf({ DD_API_KEY: 'a', DD_URL: 'http://127.0.0.1:8127' }), ['a', 'a'])
    const further = { DD_API_KEY: 'a', DD_ADDITIONAL_ENDPOINTS: '{"https://intake":["b"]}' }
    assert.deepEqual(keysOf(further), ['a', 'a'])
  })

  test('has a setting of its own, which counts first', () => {
    const env = { DD_API_KEY: 'a', VIGIE_SERVER_KEY: 'b' }
    assert.deepEqual(keysOf(env), ['a', 'b'])
    assert.deepEqual(keysOf({ ...env, DD_SITE: 'datadoghq.eu' }), ['a', 'b'])
  })
})

describe("the Datadog Agent's own file", () => {
  const text = 'api_key: k\nsite: datadoghq.eu\nadditional_endpoints: {"https://intake": [x]}\n'
  const searchPaths = [{ path: 'agent/datadog.yaml', isForeign: true }]

  test('sends nothing from here, or all would arrive twice; and says so', () => {
    write('agent/datadog.yaml', text)
    const { settings, infos } = load({ searchPaths })
    assert.deepEqual([settings.datadog.destinations, settings.serverKey], [[], 'k'])
    assert.match(
      infos[0] ?? '',
      /datadog\.yaml: site, additional_endpoints in the Datadog Agent's own/,
    )
  })

  test('does when it is named, and so does a variable', () => {
    write('agent/datadog.yaml', text)
    const named = load({ searchPaths, argvPath: 'agent/datadog.yaml' }).settings.datadog
    assert.deepEqual(
      named.destinations.map(({ url }) => url),
      ['https://app.datadoghq.eu', 'https://intake'],
    )
    const byVariable = load({ searchPaths, env: { DD_SITE: 'datadoghq.com' } }).settings.datadog
    assert.deepEqual(byVariable.destinations, [{ url: 'https://app.datadoghq.com', apiKey: 'k' }])
  })
})

describe('the settings', () => {
  test('are frozen all the way down', () => {
    const { settings } = load({ env: { DD_TAGS: 'a:b' } })
    assert.ok(
      [settings, settings.store, settings.hostTags, settings.sources].every((part) =>
        Object.isFrozen(part),
      ),
    )
  })

  test('hold each tag once, the environment among them', () => {
    const env = { DD_TAGS: 'env:prod,a:b a:b', DD_ENV: 'prod' }
    assert.deepEqual(load({ env }).settings.hostTags, ['env:prod', 'a:b'])
  })

  for (const [listen, serverUrl] of [
    ['0.0.0.0:1', 'http://127.0.0.1:1'],
    ['[::]:2', 'http://[::1]:2'],
    ['[::1]:3', 'http://[::1]:3'],
    ['127.0.0.2:4', 'http://127.0.0.2:4'],
    ['localhost:5', 'http://localhost:5'],
  ]) {
    test(`send to ${serverUrl} when the server listens on ${listen}`, () => {
      assert.equal(load({ env: { VIGIE_LISTEN: listen } }).settings.serverUrl, serverUrl)
    })
  }

  test('send to the name in the certificate when the server has one', () => {
    const env = { VIGIE_TLS_CERT: 'c.pem', VIGIE_TLS_KEY: 'k.pem' }
    assert.equal(load({ env }).settings.serverUrl, 'https://127.0.0.1:8127')
    const named = { ...env, VIGIE_PUBLIC_URL: 'https://vigie.example.org' }
    assert.equal(load({ env: named }).settings.serverUrl, 'https://vigie.example.org')
  })
})
