import assert from 'node:assert/strict'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { z } from 'zod'
import { ConfigurationError } from '../fault.ts'
import { loadConfiguration, type Configuration } from '../load-configuration.ts'
import { printEffective } from '../print-effective.ts'

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-secrets-'))
})
after(() => rmSync(folder, { recursive: true }))

function write(name: string, content: string, mode = 0o600): string {
  const path = join(folder, name)
  mkdirSync(join(path, '..'), { recursive: true })
  writeFileSync(path, content)
  chmodSync(path, mode)
  return path
}

/** A program that keeps what it is asked in `<name>.asked`, and answers `output`. */
function writeProgram(name: string, output: string, mode = 0o700): string {
  const answer = write(`${name}.answer`, output)
  const asked = join(folder, `${name}.asked`)
  return write(
    name,
    `#!/bin/sh\ncat >>${asked}; echo "$@" >>${asked}; env >${asked}.env\ncat ${answer}\n`,
    mode,
  )
}

const docker = {
  name: 'docker',
  about: 'Containers',
  config: z.strictObject({ tags: z.array(z.string()).default([]) }),
}

function load(text: string, env: Record<string, string> = {}): Configuration {
  write('vigie.yaml', text)
  return loadConfiguration({
    argvPath: 'vigie.yaml',
    env,
    cwd: folder,
    components: { sources: [docker] },
  })
}

function faultsOf(text: string, env: Record<string, string> = {}): readonly string[] {
  try {
    load(text, env)
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    return error.message
      .replaceAll(folder, '…')
      .split('\n')
      .slice(1)
      .map((line) => line.trim())
  }
  return []
}

describe('a program', () => {
  const answer = JSON.stringify({
    key: { value: 'the-key' },
    tag: { value: 'team:core', error: null },
    seconds: { value: '7' },
  })

  test('is asked once for what stands in the file, in conf.d and in variables', () => {
    const program = writeProgram('asked-once', answer)
    write('conf.d/docker.d/conf.yaml', 'instances: [{tags: ["ENC[tag]"]}]')
    const { settings } = load(
      `api_key: " ENC[key] "\nsecret_backend_command: ${program}\nsecret_backend_arguments: [a, b c]`,
      {
        DD_DOCKER_QUERY_TIMEOUT: 'ENC[seconds]',
        DD_TAGS: 'ENC[tag]',
        VIGIE_SERVER_KEY: 'ENC[key]',
      },
    )
    rmSync(join(folder, 'conf.d'), { recursive: true })
    assert.equal(settings.apiKey, 'the-key')
    assert.equal(settings.serverKey, 'the-key')
    assert.deepEqual(settings.hostTags, ['team:core'])
    assert.equal(settings.docker.queryTimeoutMs, 7000)
    assert.deepEqual(settings.sources['docker']?.config, { tags: ['team:core'] })
    const [asked = '', ...more] = readFileSync(join(folder, 'asked-once.asked'), 'utf8').split(
      'a b c',
    )
    assert.deepEqual(JSON.parse(asked), { version: '1.0', secrets: ['tag', 'key', 'seconds'] })
    assert.deepEqual(more, ['\n'])
  })

  test('is not run where there is nothing to ask', () => {
    const program = writeProgram('not-run', answer)
    load(`secret_backend_command: ${program}`)
    assert.throws(() => readFileSync(join(folder, 'not-run.asked')))
  })

  test('gets what it needs to find a vault, and no key of ours', () => {
    const program = writeProgram('environment', answer)
    load('', {
      DD_SECRET_BACKEND_COMMAND: program,
      DD_API_KEY: 'ENC[key]',
      VIGIE_ACCESS_TOKEN: 'topsecret-topsecret',
      PROXY_PASSWORD: 'topsecret',
      VAULT_ADDR: 'https://vault',
      PATH: process.env['PATH'] ?? '',
    })
    const seen = readFileSync(join(folder, 'environment.asked.env'), 'utf8')
    assert.match(seen, /^VAULT_ADDR=https:\/\/vault$/m)
    assert.doesNotMatch(seen, /topsecret|^DD_|^VIGIE_/m)
  })

  test('may end its values with a line end, which stays unless it is to go', () => {
    const program = writeProgram('line-end', '{"key":{"value":"a:b\\r\\n"}}')
    const text = `env: ENC[key]\nsecret_backend_command: ${program}\n`
    assert.match(
      faultsOf(text)[0] ?? '',
      /env: saw a text of 5 characters; allowed: a text without/,
    )
    const { settings } = load(`${text}secret_backend_remove_trailing_line_break: true`)
    assert.deepEqual(settings.hostTags, ['env:a:b'])
  })

  test('may be run by its group where that is allowed', () => {
    const program = writeProgram('group', answer, 0o750)
    const text = `api_key: ENC[key]\nsecret_backend_command: ${program}\n`
    assert.match(faultsOf(text)[0] ?? '', /has mode 0750; allowed rights: only its owner/)
    const { settings } = load(`${text}secret_backend_command_allow_group_exec_perm: true`)
    assert.equal(settings.apiKey, 'the-key')
  })

  const failures: readonly (readonly [string, () => string, string, RegExp])[] = [
    ['that is not there', () => '/nowhere/x', '', /saw no such file \/nowhere\/x$/],
    [
      'that others may run',
      () => writeProgram('open', answer, 0o755),
      '',
      /mode 0755; .* chmod 700$/,
    ],
    ['that others may change', () => writeProgram('writable', answer, 0o702), '', /mode 0702; /],
    [
      'that nobody may run',
      () => writeProgram('plain', answer, 0o600),
      '',
      /cannot be run by this user$/,
    ],
    ['that is a folder', () => folder, '', /is not a file$/],
    [
      'that fails',
      () =>
        write(
          'fails',
          '#!/bin/sh\ncat >/dev/null; echo topsecret; echo topsecret >&2; exit 3\n',
          0o700,
        ),
      '',
      /ended with exit code 3; run it by hand/,
    ],
    [
      'that takes too long',
      () => write('slow', '#!/bin/sh\nexec sleep 600\n', 0o700),
      'secret_backend_timeout: 0.05',
      /took longer than 0.05 s; secret_backend_timeout says/,
    ],
    [
      'that says too much',
      () => writeProgram('long', `{"key":{"value":"topsecret${'x'.repeat(2000)}"}}`),
      'secret_backend_output_max_size: 1024',
      /printed more than 1024 bytes; secret_backend_output_max_size says/,
    ],
    [
      'whose interpreter is missing',
      () => write('text', '#!/nowhere/topsecret\n', 0o700),
      '',
      /cannot be run: ENOENT$/,
    ],
    [
      'that prints something else',
      () => writeProgram('words', 'topsecret'),
      '',
      /did not print JSON/,
    ],
    [
      'that prints another shape',
      () => writeProgram('flat', '{"key":"topsecret"}'),
      '',
      /did not print JSON/,
    ],
  ]
  for (const [name, make, more, expected] of failures) {
    test(`${name} is one fault, without a word of what it says`, () => {
      const text = `api_key: ENC[key]\ntags: ["ENC[tag]"]\nsecret_backend_command: ${make()}\n${more}`
      const faults = faultsOf(text)
      assert.equal(faults.length, 1, faults.join('\n'))
      assert.match(faults[0] ?? '', /^…\/vigie\.yaml:3:25: secret_backend_command: /)
      assert.match(faults[0] ?? '', expected)
      assert.doesNotMatch(faults.join('\n'), /topsecret/)
    })
  }

  test('that does not know a handle is a fault for each', () => {
    const known = { a: { value: '' }, b: { error: 'denied' }, d: { value: 'topsecret' } }
    const program = writeProgram('unknown', JSON.stringify(known))
    const text = `api_key: ENC[a]\ntags: ["ENC[b]", "ENC[c]", "ENC[d]"]\nsecret_backend_command: ${program}`
    assert.deepEqual(faultsOf(text), [
      '…/vigie.yaml:1:10: api_key: saw ENC[a], which cannot be read: its value is empty',
      '…/vigie.yaml:2:7: tags: saw ENC[b], which cannot be read: the program says: denied',
      '…/vigie.yaml:2:7: tags: saw ENC[c], which cannot be read: the program says nothing of it',
    ])
  })
})

describe('files', () => {
  before(() => {
    write('kept/key', 'the-key\n')
    write('kept/empty', '\n')
    write('kept/data/deep', 'the-deep-key')
    write('outside', 'topsecret')
    symlinkSync('data/deep', join(folder, 'kept/link'))
    symlinkSync('../outside', join(folder, 'kept/way-out'))
    truncateSync(write('kept/huge', ''), 2 ** 40)
    mkdirSync(join(folder, 'kept/folder'))
    write('all.yaml', 'key: the-key\nnumber: 7\nlist: [topsecret]\n')
    write('all.json', '{"key":"the-key"}')
    write('broken.yaml', 'topsecret: [')
  })

  const ways: readonly (readonly [string, string, string])[] = [
    [
      'secret_backend_command: /readsecret.sh\nsecret_backend_arguments: FOLDER/kept',
      'key',
      'the-key',
    ],
    [
      'secret_backend_command: /readsecret.py\nsecret_backend_arguments: ["FOLDER/kept"]',
      'link',
      'the-deep-key',
    ],
    [
      'secret_backend_command: /readsecret_multiple_providers.sh',
      'file@FOLDER/kept/key',
      'the-key',
    ],
    [
      'secret_backend_command: /readsecret_multiple_providers.sh\nsecret_backend_arguments: FOLDER/kept',
      'data/deep',
      'the-deep-key',
    ],
    [
      'secret_backend_type: file.text\nsecret_backend_config: {secrets_path: FOLDER/kept}',
      'key',
      'the-key',
    ],
    [
      'secret_backend_type: docker.secrets\nsecret_backend_config: {secrets_path: FOLDER/kept}',
      'FOLDER/kept/key',
      'the-key',
    ],
    [
      'secret_backend_type: k8s.file\nsecret_backend_config: {secrets_path: FOLDER/kept}',
      'link',
      'the-deep-key',
    ],
    [
      'secret_backend_type: file.yaml\nsecret_backend_config: {file_path: FOLDER/all.yaml}',
      'number',
      '7',
    ],
    [
      'secret_backend_type: file.json\nsecret_backend_config: {file_path: FOLDER/all.json}',
      'key',
      'the-key',
    ],
  ]
  for (const [text, handle, value] of ways) {
    test(`are read without the line end: ${text.replaceAll('\n', ', ')}, ${handle}`, () => {
      const [backend, own] = [text, handle].map((part) => part.replace('FOLDER', folder))
      assert.equal(load(`api_key: "ENC[${own}]"\n${backend}`).settings.apiKey, value)
    })
  }

  const inFolder =
    'secret_backend_type: file.text\nsecret_backend_config: {secrets_path: FOLDER/kept}'
  const providers = 'secret_backend_command: /readsecret_multiple_providers.sh'
  const refusals: readonly (readonly [string, string, RegExp])[] = [
    [inFolder, 'missing', /there is no file …\/kept\/missing that can be reached$/],
    [inFolder, '../outside', /…\/outside is outside of …\/kept$/],
    [inFolder, 'way-out', /…\/kept\/way-out is outside of …\/kept$/],
    [inFolder, 'data/../../outside', /is outside of …\/kept$/],
    [inFolder, '', /…\/kept is outside of …\/kept$/],
    [inFolder, '/dev/zero', /\/dev\/zero is outside of …\/kept$/],
    [inFolder, 'folder', /saw something that is not a file; allowed: a file$/],
    [inFolder, 'huge', /saw 1099511627776 bytes; allowed: at most 1048576$/],
    [inFolder, 'empty', /…\/kept\/empty is empty$/],
    [providers, 'k8s_secret@default/datadog/key', /saw the provider "k8s_secret"; allowed: file$/],
    [providers, 'file@relative', /saw relative; allowed: an absolute path$/],
    [providers, 'file@/dev/zero', /\/dev\/zero: saw something that is not a file/],
    [providers, 'key', /allowed: ENC\[file@\/path\], or a folder in secret_backend_arguments$/],
    [
      'secret_backend_command: /readsecret.sh',
      'key',
      /saw no folder; name one in secret_backend_arguments$/,
    ],
    [
      'secret_backend_type: k8s.file',
      'key',
      /saw no secrets_path for k8s\.file; set it in secret_backend_config$/,
    ],
    ['secret_backend_type: file.json', 'key', /saw no file_path for file\.json; set it in/],
    [
      'secret_backend_type: file.yaml\nsecret_backend_config: {file_path: FOLDER/all.yaml}',
      'list',
      /has no text for it$/,
    ],
    [
      'secret_backend_type: file.yaml\nsecret_backend_config: {file_path: FOLDER/all.yaml}',
      'none',
      /has no such key$/,
    ],
    [
      'secret_backend_type: file.yaml\nsecret_backend_config: {file_path: FOLDER/broken.yaml}',
      'key',
      /saw that …\/broken\.yaml is no mapping of handles to texts$/,
    ],
  ]
  for (const [text, handle, expected] of refusals) {
    test(`refuse ${JSON.stringify(handle)} of ${text.replaceAll('\n', ', ')}`, () => {
      const faults = faultsOf(`api_key: "ENC[${handle}]"\n${text.replace('FOLDER', folder)}`)
      assert.equal(faults.length, 1, faults.join('\n'))
      assert.match(faults[0] ?? '', expected)
    })
  }
})

describe('what is said of a secret', () => {
  const text = (program: string): string => `secret_backend_command: ${program}
hostname: ENC[host]
tags: ["a:b", "ENC[host]"]
docker_query_timeout: ENC[seconds]
docker_labels_as_tags: {team: "ENC[host]"}
`

  test('is nothing of its value in the configuration that is printed, whatever the setting', () => {
    const answer = { host: { value: 'topsecret' }, seconds: { value: '123' } }
    const loaded = load(text(writeProgram('shown', JSON.stringify(answer))))
    assert.equal(loaded.settings.hostname, 'topsecret')
    const printed = printEffective(loaded)
    assert.doesNotMatch(printed, /topsecret|123/)
    assert.match(printed, /^hostname: "\*{8}" # .*vigie\.yaml:2:11$/m)
    assert.match(printed, /^docker_query_timeout: "\*{8}" # /m)
  })

  test('is nothing of its value in a fault', () => {
    const answer = { host: { value: 'top secret' }, seconds: { value: 'top secret' } }
    const faults = faultsOf(text(writeProgram('refused', JSON.stringify(answer))))
    assert.equal(faults.length, 2, faults.join('\n'))
    assert.doesNotMatch(faults.join('\n'), /top secret/)
    assert.match(faults[0] ?? '', /hostname: saw a text of 10 characters; allowed: a host name/)
  })

  test('is where each handle stands, and who may run the program', () => {
    const answer = { host: { value: 'a' }, seconds: { value: '1' } }
    const program = writeProgram('told', JSON.stringify(answer))
    const { backend, handles } = load(text(program)).secrets
    assert.partialDeepStrictEqual(backend, { kind: 'command', path: program, mode: '0700' })
    assert.deepEqual(
      [...handles].map(([handle, uses]) => [handle, uses.map(({ key }) => key)]),
      [
        ['host', ['hostname', 'tags', 'docker_labels_as_tags']],
        ['seconds', ['docker_query_timeout']],
      ],
    )
  })
})

describe('logs in conf.d', () => {
  test('may hold handles too', () => {
    const program = writeProgram('logs', '{"path":{"value":"/var/log/x.log"}}')
    write('conf.d/app.yaml', 'logs: [{type: file, path: "ENC[path]", service: a, source: b}]')
    const { settings, secrets } = load(`secret_backend_command: ${program}`)
    rmSync(join(folder, 'conf.d'), { recursive: true })
    assert.partialDeepStrictEqual(settings.logs.configs[0], { path: '/var/log/x.log' })
    assert.deepEqual([...secrets.handles.keys()], ['path'])
  })
})
