import assert from 'node:assert/strict'
import { existsSync, readFileSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { z } from 'zod'
import { durationWithin } from '../component/duration.ts'
import { ConfigurationError } from './fault.ts'
import { loadConfiguration } from './load-configuration.ts'
import type { ComponentLists } from './schema/compose-schema.ts'

const folder = join(import.meta.dirname, 'cases')

const components: ComponentLists = {
  sources: [
    {
      name: 'docker',
      about: 'Containers',
      config: z.strictObject({
        interval: durationWithin('100ms', '1h').prefault('1s').describe('Time between readings'),
        labels: z.array(z.string()).default([]).describe('Labels that become tags'),
        tags: z.array(z.string()).default([]).describe('Tags'),
        codes: z.array(z.int()).default([]).describe('Numbers'),
        caps: z.record(z.string(), z.number()).default({}).describe('Numbers by name'),
        login: z
          .strictObject({
            user: z.string().default('vigie').describe('Name'),
            password: z.string().optional().meta({ description: 'Password', isSecret: true }),
          })
          .prefault({})
          .describe('Login'),
      }),
    },
    { name: 'dogstatsd', about: 'Metrics of programs', config: z.strictObject({}) },
    { name: 'log-files', about: 'Logs', config: z.strictObject({}), isEnabledByDefault: false },
  ],
  sinks: [
    {
      name: 'console',
      about: 'Print',
      config: z
        .strictObject({ first: z.int().default(1), last: z.int().default(9) })
        .refine(({ first, last }) => first <= last, 'first is after last'),
    },
  ],
}

interface Expected {
  readonly settings?: object
  readonly warnings?: readonly string[]
  readonly infos?: readonly string[]
  readonly faults?: readonly string[]
}

/** What loading the case gives, in the shape of `expected.json`; files are named without their folder. */
function load(name: string): Expected {
  const path = join(folder, name, 'config.yaml')
  const envPath = join(folder, name, 'env.json')
  const env: Record<string, string> = existsSync(envPath)
    ? JSON.parse(readFileSync(envPath, 'utf8'))
    : {}
  const shorten = (text: string): string => text.replaceAll(`${join(folder, name)}/`, '')
  try {
    const loaded = loadConfiguration({ argvPath: path, env, cwd: '/app', components })
    const { settings, warnings, infos } = loaded
    const plain: object = JSON.parse(
      JSON.stringify(settings, (_key, value: unknown) => {
        if (value instanceof RegExp) return String(value)
        return typeof value === 'string' ? shorten(value) : value
      }),
    )
    return { settings: plain, warnings: warnings.map(shorten), infos: infos.map(shorten) }
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error
    const [, ...faults] = error.message.split('\n')
    return { faults: faults.map((line) => shorten(line.trim())) }
  }
}

describe('loadConfiguration()', () => {
  for (const name of readdirSync(folder)) {
    test(name.replaceAll('-', ' '), () => {
      const expected: Expected = JSON.parse(
        readFileSync(join(folder, name, 'expected.json'), 'utf8'),
      )
      const actual = load(name)
      const { settings = {}, ...messages } = actual
      const { settings: expectedSettings, ...expectedMessages } = expected
      assert.deepEqual(
        { warnings: [], infos: [], faults: [], ...messages },
        { warnings: [], infos: [], faults: [], ...expectedMessages },
      )
      assert.equal('settings' in actual, expectedSettings !== undefined)
      assert.partialDeepStrictEqual(settings, expectedSettings ?? {})
    })
  }
})
