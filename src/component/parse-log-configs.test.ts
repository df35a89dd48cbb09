import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { LogConfig } from './log-config.ts'
import { parseLogConfigs } from './parse-log-configs.ts'

const place = 'label com.datadoghq.ad.logs'

describe('parseLogConfigs()', () => {
  const good: readonly (readonly [
    what: string,
    json: unknown,
    config: Omit<LogConfig, 'place'>,
  ])[] = [
    [
      'an entry of a label',
      { source: 'nginx', service: 'web' },
      { kind: 'container', source: 'nginx', service: 'web', tags: [], rules: [] },
    ],
    ['an empty entry', {}, { kind: 'container', tags: [], rules: [] }],
    [
      'tags as one text',
      { tags: 'team:web, tier:front' },
      { kind: 'container', tags: ['team:web', 'tier:front'], rules: [] },
    ],
    [
      'tags as a list',
      { tags: ['a:b'], sourcecategory: 'db' },
      { kind: 'container', tags: ['a:b', 'sourcecategory:db'], rules: [] },
    ],
    [
      'a service that YAML reads as a number',
      { service: 8080 },
      { kind: 'container', service: '8080', tags: [], rules: [] },
    ],
    ['a key without a value', { service: null }, { kind: 'container', tags: [], rules: [] }],
    [
      'the old filters of containers',
      { type: 'docker', image: 'shop/web', label: 'tier:front', name: '^web' },
      {
        kind: 'container',
        image: 'shop/web',
        label: 'tier:front',
        name: '^web',
        tags: [],
        rules: [],
      },
    ],
    [
      'a file',
      {
        type: 'file',
        path: '/var/log/*.log',
        exclude_paths: ['/var/log/a.log'],
        start_position: 'forceEnd',
        encoding: 'utf-16-le',
      },
      {
        kind: 'file',
        path: '/var/log/*.log',
        excludePaths: ['/var/log/a.log'],
        start: 'forceEnd',
        encoding: 'utf-16-le',
        tags: [],
        rules: [],
      },
    ],
    [
      'a port',
      { type: 'tcp', port: 10_514, bind_host: '::1', idle_timeout: '1h30m' },
      { kind: 'tcp', port: 10_514, bindHost: '::1', idleTimeoutMs: 5_400_000, tags: [], rules: [] },
    ],
    [
      'what holds for one source alone',
      {
        auto_multi_line_detection: false,
        max_message_size_bytes: 4096,
        log_processing_rules: [{ type: 'exclude_truncated', name: 'cut' }],
      },
      {
        kind: 'container',
        isAutoMultiLine: false,
        maxMessageBytes: 4096,
        tags: [],
        rules: [{ kind: 'exclude-truncated', name: 'cut' }],
      },
    ],
  ]
  for (const [what, json, config] of good) {
    test(`reads ${what}`, () => {
      assert.deepEqual(parseLogConfigs([json], place), {
        configs: [{ ...config, place }],
        faults: [],
        warnings: [],
      })
    })
  }

  for (const [what, json, fault] of [
    [
      'a mapping in place of the list',
      { source: 'x' },
      'expected a list of logs, seen {"source":"x"}',
    ],
    [
      'an entry that is a text',
      ['nginx'],
      'expected a mapping such as {"source": "nginx", "service": "web"}, seen "nginx"',
    ],
    [
      'a wrong type',
      [{ type: 'files', path: '/x' }],
      'the type files is not known; known are file, tcp, udp, docker and containerd',
    ],
    [
      'the journal',
      [{ type: 'journald' }],
      'logs of the type journald are not read: the journal is read only for containers of the engine',
    ],
    [
      'windows',
      [{ type: 'windows_event' }],
      'logs of the type windows_event are not read: there is no agent for Windows',
    ],
    [
      'an integration',
      [{ type: 'integration' }],
      'logs of the type integration are not read: there are no checks that make logs',
    ],
    ['a file without a path', [{ type: 'file' }], 'a log of the type file needs a path'],
    ['a relative path', [{ type: 'file', path: 'x.log' }], 'path must be absolute, seen "x.log"'],
    ['a path without a type', [{ path: '/x.log' }], 'a log with a path needs the type file'],
    ['a port without a type', [{ port: 5 }], 'a log with a port needs the type tcp or udp'],
    ['tcp without a port', [{ type: 'tcp' }], 'a log of the type tcp needs a port'],
    [
      'a port that is none',
      [{ type: 'udp', port: 70_000 }],
      'port must be a port from 1 to 65535, seen 70000',
    ],
    [
      'a start that is none',
      [{ type: 'file', path: '/x', start_position: 'begin' }],
      'start_position must be beginning, end, forceBeginning or forceEnd, seen "begin"',
    ],
    [
      'a duration without a unit',
      [{ type: 'tcp', port: 1, idle_timeout: '60' }],
      'idle_timeout must be a duration such as 30s, 5m or 1h30m, seen "60"',
    ],
    [
      'tags as a mapping',
      [{ tags: { env: 'prod' } }],
      'tags must be a list of texts, seen {"env":"prod"}',
    ],
    [
      'a rule',
      [{ log_processing_rules: [{ type: 'multi_line', name: 'n' }] }],
      'rule 1 (n) has no pattern',
    ],
  ] as const) {
    test(`says what is wrong with ${what}`, () => {
      assert.deepEqual(parseLogConfigs(json, place), {
        configs: [],
        faults: [`${place}: ${fault}`],
        warnings: [],
      })
    })
  }

  test('keeps the good entries beside a bad one, which it counts', () => {
    const { configs, faults } = parseLogConfigs(
      [{ source: 'a' }, { type: 'x' }, { source: 'b' }],
      place,
    )
    assert.deepEqual(
      configs.map(({ source }) => source),
      ['a', 'b'],
    )
    assert.match(faults.join(), /^label com\.datadoghq\.ad\.logs: entry 2: the type x is not known/)
  })

  test('names keys that have no effect', () => {
    const { configs, warnings } = parseLogConfigs(
      [{ servce: 'web', fingerprint_config: {} }],
      place,
    )
    assert.equal(configs.length, 1)
    assert.match(warnings.join('\n'), /: servce is not known; known are type, service, /)
    assert.match(warnings.join('\n'), /: fingerprint_config has no effect: files are told apart/)
  })
})
