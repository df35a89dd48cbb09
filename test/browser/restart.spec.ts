import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

import type { Locator, Page } from '@playwright/test'
import { startVigie, waitForContainer } from '../flow/vigie-process.ts'
import { findPlace } from './server-place.ts'
import { expect, test, uniqueName } from './vigie-test.ts'

// What the browser itself says of a server that is not there; a page can keep it from nobody.
test.use({ forgivenErrors: /net::ERR_(CONNECTION|INCOMPLETE|EMPTY)/ })

test('says that the server is gone, shows nothing old as live, and fills the gap once it is back', async ({
  page,
  context,
  watchedEngine,
  engine,
}) => {
  test.setTimeout(400_000)
  const dataDir = await mkdtemp(join(tmpdir(), 'vigie-restart-'))
  const place = await findPlace(dataDir)
  const name = uniqueName('restarted')
  const { id } = await engine.run({
    name,
    command: ['sh', '-c', 'i=0; while :; do i=$((i+1)); echo line-$i; sleep 1; done'],
  })
  let server = await place.start()
  try {
    await using agent = await startVigie(['agent'], {
      env: {
        DOCKER_HOST: watchedEngine.dockerHost,
        VIGIE_SERVER_URL: place.url,
        VIGIE_SERVER_KEY: await server.key(),
        DD_LOGS_ENABLED: 'true',
        DD_LOGS_CONFIG_CONTAINER_COLLECT_ALL: 'true',
      },
    })
    await waitForContainer(place.url, name, (row) => row.figuresAt !== null, 60_000)
    const [container, logs] = [await context.newPage(), await context.newPage()]
    // As many lines in sight as come in two minutes.
    await logs.setViewportSize({ width: 1440, height: 3200 })
    await page.goto(`${place.url}/?q=name:${name}`)
    await container.goto(`${place.url}/containers/${id}`)
    await logs.goto(`${place.url}/logs?q=container:${name}`)
    for (const one of [page, container, logs]) await expectLive(one)
    await expect(logs.getByText(/^line-\d+$/).first()).toBeVisible()
    // A gap is only seen beside something.
    await expect.poll(() => pointsOf(container)).toBeGreaterThan(12)

    await server.stop('SIGKILL')
    for (const one of [page, container, logs]) await expectNotLive(one)
    const row = page.locator(`[data-id="${id}"]`)
    await expectDim(row.locator('.cell-gauge').first())
    await expectDim(container.locator('.chart-box').first())
    const [rowThen, linesThen] = [await row.innerHTML(), await linesOf(logs)]
    // Long enough that what is missing is more than one reading.
    await expect(container.getByText(/^Next try in/)).toBeVisible()
    const goneAtS = Date.now() / 1000
    await expect.poll(() => Date.now() / 1000 - goneAtS).toBeGreaterThan(8)
    for (const one of [page, container, logs]) await expectNotLive(one)
    expect(await row.innerHTML(), 'the row stands still: figures, meters, spark lines').toBe(
      rowThen,
    )
    expect(await linesOf(logs)).toEqual(linesThen)
    const before = await pointsOf(container)

    server = await place.start()
    await server.url()
    for (const one of [page, container, logs]) await expectLive(one)
    // What the agent kept meanwhile is in the chart: more than what was read since.
    const backAtS = Date.now() / 1000
    await expect
      .poll(async () => (await pointsOf(container)) - before - (Date.now() / 1000 - backAtS), {
        timeout: 90_000,
      })
      .toBeGreaterThan(5)
    // Of the log, too: each line once, in its place, from before the server went to after it was back.
    await expect.poll(() => faultsIn(logs, linesThen), { timeout: 90_000 }).toEqual([])
    expect(agent.process.exitCode).toBeNull()
  } finally {
    await server.stop('SIGKILL')
    await rm(dataDir, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 })
  }
})

async function expectLive(page: Page): Promise<void> {
  await expect(page.getByRole('button', { name: /^Live/ })).toBeVisible({ timeout: 60_000 })
  await expect(page.getByText(/^The server has not answered since/)).toHaveCount(0)
  await expect(page.locator('main')).toHaveAttribute('data-link', 'live')
  await expect(page).not.toHaveTitle(/^⚠/)
}

/** The banner, the button, the title and what is written over the figures say so. */
async function expectNotLive(page: Page): Promise<void> {
  await expect(page.getByText(/^The server has not answered since/)).toBeVisible()
  await expect(page.getByRole('button', { name: /^Not live/ })).toBeVisible()
  await expect(page.locator('main')).toHaveAttribute('data-link', 'lost')
  await expect(page).toHaveTitle(/^⚠/)
}

async function expectDim(figure: Locator): Promise<void> {
  await expect(figure).toHaveCSS('opacity', /^0\.[1-6]/)
}

/** The numbers of the lines in sight, the oldest first. */
async function linesOf(page: Page): Promise<readonly number[]> {
  const texts = await page.getByText(/^line-\d+$/).allTextContents()
  return texts.map((text) => Number(text.slice('line-'.length))).toSorted((a, b) => a - b)
}

/** What is wrong with the lines in sight, beside those that were there before. */
async function faultsIn(page: Page, before: readonly number[]): Promise<readonly string[]> {
  const lines = await linesOf(page)
  const newest = before.at(-1) ?? 0
  const isTold = (lines.at(-1) ?? 0) > newest + 8 && (lines[0] ?? Infinity) <= newest
  return [
    ...(isTold ? [] : [`from ${lines[0]} to ${lines.at(-1)}, ${newest} was the newest before`]),
    ...lines.flatMap((line, index) => {
      const step = line - (lines[index - 1] ?? line - 1)
      return step === 1 ? [] : [`${step} from ${lines[index - 1]} to ${line}`]
    }),
  ]
}

/** How many readings the chart of the CPU shows. */
async function pointsOf(page: Page): Promise<number> {
  return Number(await page.locator('[data-points]').first().getAttribute('data-points'))
}
