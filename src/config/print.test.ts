import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { z } from 'zod'
import { loadConfiguration, type Configuration } from './load-configuration.ts'
import { printEffective } from './print-effective.ts'
import { printReference } from './print-reference.ts'
import { printSample } from './print-sample.ts'
import { composeSchema, type ComponentLists } from './schema/compose-schema.ts'
import { listSettings } from './schema/list-settings.ts'

const components: ComponentLists = {
  sources: [
    {
      name: 'two-words',
      about: 'Reads | writes',
      config: z.strictObject({
        list: z.array(z.string()).default(['a b', 'c']).describe('Things to read'),
        mapping: z.record(z.string(), z.int()).default({ a: 1 }).describe('Names with numbers'),
        nested: z
          .strictObject({ token: z.string().optional().meta({ isSecret: true, description: 'T' }) })
          .prefault({})
          .describe('Inside'),
      }),
    },
  ],
}

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-print-'))
})
after(() => rmSync(folder, { recursive: true }))

function loadText(text: string, env: Record<string, string> = {}): Configuration {
  writeFileSync(join(folder, 'vigie.yaml'), text)
  return loadConfiguration({ argvPath: 'vigie.yaml', env, cwd: folder, components })
}

const { settings } = listSettings(composeSchema(components))

describe('the schema', () => {
  test('describes every setting', () => {
    const silent = settings.filter(({ about }) => about === '').map(({ key }) => key)
    assert.deepEqual(silent, [])
  })

  test('gives every setting a variable of its own', () => {
    const names = settings.flatMap(({ environment }) => environment.map(({ name }) => name))
    assert.deepEqual(names.toSorted(), [...new Set(names)].toSorted())
    for (const name of names) assert.match(name, /^[A-Z][A-Z0-9_]+$|^(https?|no)_proxy$/)
  })
})

describe('printSample()', () => {
  const sample = printSample(components)

  test('sets nothing, without a fault or a warning', () => {
    const { warnings, infos, settings: loaded, effective } = loadText(sample)
    assert.deepEqual([warnings, infos], [[], []])
    assert.deepEqual(loaded, loadText('').settings)
    assert.ok(effective.every(({ place }) => place === 'default'))
  })

  test('with every setting uncommented sets each to its default', () => {
    const uncommented = sample.replaceAll(/^( *)# /gm, '$1')
    const { warnings, settings: loaded, effective } = loadText(uncommented)
    assert.deepEqual(warnings, [])
    assert.deepEqual(loaded, loadText('').settings)
    const fromFile = effective.filter(({ place }) => place !== 'default')
    assert.deepEqual(
      fromFile.map(({ setting }) => setting.key),
      settings.filter(({ fallback }) => fallback !== undefined).map(({ key }) => key),
    )
  })

  test('names every variable, and fits 100 columns where words allow', () => {
    for (const { environment } of settings) {
      for (const { name } of environment) assert.ok(sample.includes(name.toUpperCase()), name)
    }
    const long = sample.split('\n').filter((line) => line.length > 100)
    assert.deepEqual(long, [])
  })
})

describe('printEffective()', () => {
  const env = {
    DD_API_KEY: '0123456789abcdef0123456789abcdef',
    DD_URL: 'https://user:topsecret@intake.example.org',
    HTTPS_PROXY: 'me:topsecret@proxy:3128',
    VIGIE_SOURCES_TWO_WORDS_NESTED_TOKEN: 'topsecret',
  }
  const file = `tags: [a:b, "c: d"]
vigie:
  access_token: a-topsecret-of-people
  limits: {connections: 5}
additional_endpoints: {"https://user:topsecret@other.example.org": [topsecret]}
logs_config: {additional_endpoints: [{host: logs.example.org, api_key: topsecret}]}
`

  test('says of each value where it came from', () => {
    const printed = printEffective(loadText(file, env)).replaceAll(folder, '…')
    for (const line of [
      '# The configuration in force; read from …/vigie.yaml',
      `api_key: "${'*'.repeat(27)}bcdef" # environment DD_API_KEY`,
      'tags: [ a:b, "c: d" ] # …/vigie.yaml:1:7',
      'hostname: # default',
      '  listen: 127.0.0.1:8127 # default',
      '    connections: 5 # …/vigie.yaml:4:25',
      'dd_url: https://user:********@intake.example.org # environment DD_URL',
      '      list: [ a b, c ] # default',
      '        token: "********" # environment VIGIE_SOURCES_TWO_WORDS_NESTED_TOKEN',
      '  https: "********@proxy:3128" # environment HTTPS_PROXY',
      'additional_endpoints: { https://user:********@other.example.org: [ "********" ] } # …/vigie.yaml:5:23',
      '  additional_endpoints: [ { host: logs.example.org, api_key: "********" } ] # …/vigie.yaml:6:37',
    ]) {
      assert.ok(printed.split('\n').includes(line), `${line}\nis not in\n${printed}`)
    }
  })

  test('shows no secret', () => {
    assert.doesNotMatch(printEffective(loadText(file, env)), /top.?secret|0123456789/)
  })

  test('can be read back', () => {
    const first = loadText('hostname: a\nlog_level: Off\ntags: x,y\n')
    const again = loadText(printEffective(first))
    assert.deepEqual([again.settings, again.warnings], [first.settings, []])
  })

  test('says so when there is no file', () => {
    const loaded = loadConfiguration({ env: {}, cwd: folder, components, searchPaths: [] })
    assert.match(printEffective(loaded), /^# The configuration in force; no file was found\n/)
  })
})

describe('printReference()', () => {
  test('has a row for every setting, with nothing that ends it early', () => {
    const rows = printReference(components)
      .split('\n')
      .filter((line) => line.startsWith('| `'))
    assert.equal(rows.length, settings.length)
    for (const row of rows) assert.equal(row.match(/(?<!\\)\|/g)?.length, 4, row)
  })
})
