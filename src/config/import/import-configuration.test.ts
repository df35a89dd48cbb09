import assert from 'node:assert/strict'
import {
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { parse } from 'yaml'
import { components } from '../../cli/load-settings.ts'
import { loadConfiguration } from '../load-configuration.ts'
import { importConfiguration, type ImportReport } from './import-configuration.ts'

const cases = join(import.meta.dirname, 'cases')

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-import-'))
})
after(() => rmSync(folder, { recursive: true }))

function run(newName: string, oldFolder = join(cases, 'agent-5'), isForced = false): ImportReport {
  return importConfiguration({ oldFolder, newFolder: join(folder, newName), isForced, components })
}

/** A folder of Agent 5 with nothing but a `datadog.conf`. */
function writeOld(name: string, text: string): string {
  mkdirSync(join(folder, name))
  writeFileSync(join(folder, name, 'datadog.conf'), text)
  return join(folder, name)
}

describe('importConfiguration()', () => {
  test('converts what has a successor and names the rest', (t) => {
    const { written, dropped, settingCount } = run('whole')
    const shorten = (text: string): string =>
      text.replaceAll(folder, '').replaceAll(`${cases}/`, '')
    const files = written.map(({ path }) => [shorten(path), readFileSync(path, 'utf8')])
    t.assert.fileSnapshot(
      { files: Object.fromEntries(files), dropped, settingCount },
      join(cases, 'expected.json'),
      { serializers: [(value) => `${shorten(JSON.stringify(value, null, 2))}\n`] },
    )
  })

  test('gives a configuration that the program starts with', () => {
    run('loads')
    const { settings, warnings } = loadConfiguration({
      argvPath: join(folder, 'loads'),
      env: {},
      cwd: folder,
      components,
    })
    assert.deepEqual(warnings, [])
    assert.partialDeepStrictEqual(settings, {
      apiKey: '0123456789abcdef0123456789abcdef',
      hostname: 'web-1',
      hostTags: ['team:web', 'rack:12', 'env:prod'],
      logLevel: 'warn',
      procRoot: '/host/proc',
      docker: { host: 'tcp://engine.example.org:2376', certPath: '/etc/docker/tls' },
    })
    assert.partialDeepStrictEqual(settings.sources['docker'], {
      config: { collect_container_size: true, collect_container_count: true, tags: ['role:host'] },
    })
    const { include } = settings.containerRules.all
    assert.deepEqual(
      include.map(({ field, pattern }) => `${field}:${pattern.source}`),
      ['image:ubuntu', 'name:^web'],
    )
  })

  test('writes files that others cannot read, and keeps those that were there', () => {
    const path = join(folder, 'kept/datadog.yaml')
    mkdirSync(join(folder, 'kept'))
    writeFileSync(path, 'hostname: before\n')
    run('kept')
    assert.equal(statSync(path).mode & 0o777, 0o640)
    assert.equal(readFileSync(`${path}.bak`, 'utf8'), 'hostname: before\n')
    const { written } = run('kept', undefined, true)
    assert.deepEqual(written[0], { path, backup: `${path}.bak2` })
    assert.equal(readFileSync(`${path}.bak`, 'utf8'), 'hostname: before\n')
    assert.ok(readdirSync(join(folder, 'kept/conf.d/docker.d')).includes('conf.yaml.bak'))
  })

  test('replaces a file in use only when it is told to', () => {
    mkdirSync(join(folder, 'used'))
    writeFileSync(join(folder, 'used/datadog.yaml'), 'api_key: x\n')
    assert.throws(() => run('used'), {
      code: 'IMPORT',
      message: /used\/datadog\.yaml: it has an api_key/,
    })
    assert.deepEqual(readdirSync(join(folder, 'used')), ['datadog.yaml'])
    run('used', undefined, true)
    assert.match(readFileSync(join(folder, 'used/datadog.yaml'), 'utf8'), /hostname: web-1/)
  })

  test('says where it looked when there is nothing to import', () => {
    assert.throws(() => run('none', join(folder, 'nowhere')), {
      code: 'IMPORT',
      message: /nowhere\/datadog\.conf: saw no such file/,
    })
  })

  test('shows no secret that it drops, nor a value that the start would refuse', () => {
    const old = writeOld('odd', '[Main]\napi_key: two words\nhostname: localhost\ntoken: hunter2\n')
    const { dropped } = run('odd-new', old)
    assert.deepEqual(
      dropped.map(({ place, name }) => `${place.replace(old, '')} ${name}`),
      ['/datadog.conf:2 api_key', '/datadog.conf:3 hostname', '/datadog.conf:4 token'],
    )
    assert.doesNotMatch(JSON.stringify(dropped), /two words|hunter2/)
    const values: unknown = parse(readFileSync(join(folder, 'odd-new/datadog.yaml'), 'utf8'))
    assert.deepEqual(values, { hostname_fqdn: true })
  })

  test('goes on when a file for a check is broken', () => {
    const old = writeOld('broken', '[Main]\nhostname: a\n')
    mkdirSync(join(old, 'conf.d'))
    writeFileSync(join(old, 'conf.d/docker_daemon.yaml'), 'instances:\n  - a: [\n')
    const { dropped, written } = run('broken-new', old)
    assert.equal(written.length, 1)
    assert.match(dropped[0]?.place ?? '', /docker_daemon\.yaml:\d+:\d+$/)
  })

  const groups: readonly (readonly [
    what: string,
    lines: string[],
    settings: object,
    dropped: string[],
  ])[] = [
    [
      'more addresses than keys',
      ['dd_url: https://a, https://b, https://c', 'api_key: k1, k2'],
      { dd_url: 'https://a', api_key: 'k1', additional_endpoints: { 'https://b': ['k2'] } },
      ['dd_url'],
    ],
    ['a key alone', ['dd_url: https://app.datadoghq.com', 'api_key: k1'], { api_key: 'k1' }, []],
    [
      'a proxy without a user',
      ['proxy_host: http://p', 'proxy_port: 80', 'proxy_password: x'],
      { proxy: { http: 'http://p', https: 'http://p' } },
      [],
    ],
    ['no proxy', ['proxy_port: 3128', 'syslog_port: 514'], {}, ['proxy_port', 'syslog_port']],
    [
      'consul',
      ['sd_config_backend: consul', 'sd_backend_host: c', 'consul_token: t'],
      { config_providers: [{ name: 'consul', polling: true, template_url: 'c', token: 't' }] },
      [],
    ],
    [
      'unknown places',
      ['sd_config_backend: file', 'sd_backend_host: h', 'service_discovery_backend: ecs'],
      {},
      ['sd_config_backend', 'sd_backend_host', 'service_discovery_backend'],
    ],
  ]
  for (const [what, lines, settings, names] of groups)
    test(`converts ${what}`, () => {
      const name = what.replaceAll(' ', '-')
      const { dropped } = run(`${name}-new`, writeOld(name, ['[Main]', ...lines].join('\n')))
      const values: unknown = parse(readFileSync(join(folder, `${name}-new/datadog.yaml`), 'utf8'))
      assert.deepEqual(values, { ...settings, hostname_fqdn: true })
      assert.deepEqual(
        dropped.map((one) => one.name),
        names,
      )
    })
})
