import assert from 'node:assert/strict'
import { existsSync, globSync, readFileSync } from 'node:fs'
import { describe, test } from 'node:test'
import { components } from '../src/cli/load-settings.ts'
import { composeSchema } from '../src/config/schema/compose-schema.ts'
import { listSettings } from '../src/config/schema/list-settings.ts'
import { metricCatalogue } from '../src/model/metric-catalogue.ts'

const root = new URL('../', import.meta.url)
const files = globSync(['*.md', 'docs/**/*.md', 'bench/*.md', 'changes/*.md'], {
  cwd: root.pathname,
})

/** Variables that are no settings: they name the file, steer the bench and the tests, or are for a watched container and its clients. */
const otherVariables =
  /^(VIGIE_(CONFIG|IMAGE_\w+|BENCH_\w+|TEST_\w+)|DD_(SERVICE|VERSION|GIT_COMMIT_SHA|GIT_REPOSITORY_URL|AGENT_HOST|DOGSTATSD_URL))$/
/** Pictures that the browser tests make. */
const madeByTests = /^docs\/screens\//

const { settings, sections } = listSettings(composeSchema(components))
const metrics = Object.values(metricCatalogue).flat()
/** What else is written as a setting is. */
const otherNames = ['vigie.yaml', ...metrics.map(({ name }) => name)]
const keys = new Set([...[...settings, ...sections].map(({ key }) => key), ...otherNames])
const variables = new Set(
  settings.flatMap(({ environment }) => environment.map(({ name }) => name)),
)

describe('the pages for people', () => {
  for (const file of files) {
    const text = readFileSync(new URL(file, root), 'utf8')

    test(`${file} names only settings that there are`, () => {
      const named = [...text.matchAll(/`(vigie(?:\.[a-z0-9_]+)+)/g)].map(([, key = '']) => key)
      assert.deepEqual(
        named.filter((key) => !keys.has(key)),
        [],
      )
    })

    test(`${file} names only variables that there are`, () => {
      const named = [...text.matchAll(/\b(?:VIGIE|DD)_[A-Z0-9_]*[A-Z0-9]\b/g)].map(([name]) => name)
      assert.deepEqual(
        named.filter((name) => !variables.has(name) && !otherVariables.test(name)),
        [],
      )
    })

    test(`${file} links only to files that there are`, () => {
      const targets = [...text.matchAll(/\]\((?!https?:)([^)#\s]+)/g)]
        .map(([, target = '']) => new URL(target, new URL(file, root)))
        .filter(({ pathname }) => !madeByTests.test(pathname.slice(root.pathname.length)))
      assert.deepEqual(
        targets.filter((target) => !existsSync(target)).map(({ pathname }) => pathname),
        [],
      )
    })
  }
})
