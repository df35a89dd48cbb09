import { AxeBuilder } from '@axe-core/playwright'
import { test as base, expect, type Page } from '@playwright/test'
import { openEngine, uniqueName, type Engine } from '../engine/engine.ts'
import { openSharedEngine } from '../engine/shared-engine.ts'
import { startVigie } from '../flow/vigie-process.ts'

/** What the journeys use besides Playwright's own. */
interface Parts {
  /** The engine that Vigie watches; what a test runs on it is removed at the test's end. */
  readonly engine: Engine
  /** Errors on the console that a test brings about itself. */
  readonly forgivenErrors: RegExp | undefined
  /** Fails the test at its end if the page has written another error to the console. */
  readonly quietConsole: undefined
}

/** What stands for all tests of a run. */
interface WorkerParts {
  readonly watchedEngine: Engine
  /** Where Vigie with that engine answers: `VIGIE_URL`, else one that is started here. */
  readonly vigieUrl: string
  /** Where a Vigie answers that finds no engine: `VIGIE_URL_NO_ENGINE`, else one that is started here. */
  readonly blindUrl: string
}

/** Playwright's `test` with Vigie and an engine behind it. */
export const test = base.extend<Parts, WorkerParts>({
  watchedEngine: [
    // oxlint-disable-next-line eslint/no-empty-pattern
    async ({}, use) => {
      const { VIGIE_URL, DOCKER_HOST } = process.env
      await using engine =
        VIGIE_URL && DOCKER_HOST ? openEngine(DOCKER_HOST) : await openSharedEngine()
      await use(engine)
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  vigieUrl: [
    async ({ watchedEngine }, use) => {
      const env = {
        DOCKER_HOST: watchedEngine.dockerHost,
        DD_LOGS_ENABLED: 'true',
        DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: 'true',
      }
      await useUrl(process.env['VIGIE_URL'], env, use)
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  blindUrl: [
    // Playwright wants to see which other parts are used, even when none is.
    // oxlint-disable-next-line eslint/no-empty-pattern
    async ({}, use) => {
      await useUrl(process.env['VIGIE_URL_NO_ENGINE'], {}, use)
    },
    { scope: 'worker', timeout: 180_000 },
  ],
  engine: async ({ watchedEngine }, use) => {
    const started: string[] = []
    await use({
      ...watchedEngine,
      async run(spec) {
        const container = await watchedEngine.run(spec)
        started.push(container.id)
        return container
      },
    })
    // A test may have removed its container itself.
    await Promise.allSettled(started.map((id) => watchedEngine.remove(id)))
  },
  forgivenErrors: [undefined, { option: true }],
  quietConsole: [
    async ({ page, forgivenErrors }, use) => {
      const errors: string[] = []
      page.on('console', (message) => {
        const text = message.text()
        if (message.type() === 'error' && forgivenErrors?.test(text) !== true) errors.push(text)
      })
      page.on('pageerror', (error) => errors.push(error.message))
      await use(undefined)
      expect(errors, 'errors on the console').toEqual([])
    },
    { auto: true },
  ],
})

export { expect, uniqueName }

/** The Vigie that the environment names, else one started for as long as it is used. */
async function useUrl(
  given: string | undefined,
  env: Readonly<Record<string, string>>,
  use: (url: string) => Promise<void>,
): Promise<void> {
  if (given) {
    await use(given)
    return
  }
  await using vigie = await startVigie(['up'], { env })
  await use(await vigie.url())
}

/** Expects that axe finds nothing serious on the page as it stands; of all its rules, or of those that are named. */
export async function expectAccessible(page: Page, rules?: readonly string[]): Promise<void> {
  const axe = new AxeBuilder({ page })
  const { violations } = await (rules === undefined ? axe : axe.withRules([...rules])).analyze()
  const serious = violations.filter(({ impact }) => impact === 'serious' || impact === 'critical')
  const found = serious.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
  expect(found).toEqual([])
}
