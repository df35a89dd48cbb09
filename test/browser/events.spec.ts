import type { Locator, Page } from '@playwright/test'
import { expect, expectAccessible, test, uniqueName } from './vigie-test.ts'

const mebibyte = 1024 * 1024
/** Two rounds of a list that is asked for anew every 2 s, after an agent has told the server. */
const soonMs = 20_000

/** Lines of the list, of one container where one is named. */
function linesOf(page: Page, container?: string): Locator {
  const lines = page.locator('[data-key]')
  return container === undefined ? lines : lines.filter({ hasText: container })
}

test('ends, kills, OOM kills and bad health are found, filtered, opened and followed to their container', async ({
  page,
  engine,
  vigieUrl,
}) => {
  test.setTimeout(120_000)
  const [failed, killed, greedy, ill] = ['failed', 'killed', 'greedy', 'ill'].map((name) =>
    uniqueName(name),
  )
  if (!failed || !killed || !greedy || !ill) throw new Error('There are four names')
  await engine.run({ name: killed, command: ['sleep', '600'] })
  await page.goto(vigieUrl)
  // The agent may have only just begun to look.
  await expect(page.getByRole('link', { name: killed })).toBeVisible({ timeout: soonMs })
  await page.keyboard.press('g')
  await page.keyboard.press('e')
  await expect(page).toHaveTitle('Events · Vigie')
  await engine.run({ name: failed, command: ['sh', '-c', 'sleep 0.2; exit 3'] })
  await engine.run({
    name: greedy,
    command: ['sh', '-c', 'head -c 64m /dev/zero | tail > /dev/null; sleep 600'],
    memoryBytes: 16 * mebibyte,
  })
  const probe = ['--health-cmd', 'false', '--health-interval', '1s', '--health-retries', '1']
  await engine.docker('run', '--detach', '--name', ill, ...probe, 'busybox', 'sleep', '600')
  await engine.tell(killed, 'kill')

  await expect(linesOf(page, failed)).toContainText('exited 3', { timeout: soonMs })
  await expect(linesOf(page, killed)).toContainText('exited 137 (SIGKILL)', { timeout: soonMs })
  await expect(linesOf(page, ill).filter({ hasText: 'became unhealthy' })).toBeVisible({
    timeout: soonMs,
  })
  await expect(
    linesOf(page, greedy).filter({ hasText: 'process killed for want of memory' }),
  ).toBeVisible({ timeout: soonMs })
  await expect
    .poll(() => page.locator('[data-total]').getAttribute('data-total').then(Number), {
      timeout: soonMs,
    })
    .toBeGreaterThan(3)
  await expectAccessible(page)

  const box = page.getByRole('searchbox')
  await page.keyboard.press('/')
  await box.fill(`container:${killed} kind:(exit`)
  await expect(page.getByText('A bracket is opened here and never closed.')).toBeVisible()
  expect(await linesOf(page).count()).toBeGreaterThan(0)
  await box.fill(`container:${killed}`)
  await expect(page).toHaveURL(new RegExp(`[?&]q=container:${killed}`))
  await expect(linesOf(page).filter({ hasNotText: killed })).toHaveCount(0)
  await box.press('Escape')
  await page.getByRole('button', { name: /^Exit [\d,]+$/ }).click()
  await expect(page).toHaveURL(/kind:exit/)
  // Without the kill before it, the exit is a line of its own.
  await expect(page.locator('[data-burst]')).toHaveCount(0)
  await expect(linesOf(page)).toHaveCount(1)

  await page.keyboard.press('j')
  await page.keyboard.press('Enter')
  const open = page.locator('[data-key][data-open]')
  await expect(open).toContainText('Ended by SIGKILL (128 + 9)')
  await expect(open.getByRole('link', { name: 'Logs around this' })).toHaveAttribute(
    'href',
    /\/logs\?q=container_id:[0-9a-f]{64}&from=\d+&to=\d+/,
  )
  await expectAccessible(page)

  const [from, to] = await dragOverBars(page)
  expect(to).toBeGreaterThan(from)
  await page.keyboard.press('Escape')
  await expect(page).not.toHaveURL(/from=/)

  await linesOf(page, killed).getByRole('link', { name: killed }).first().click()
  await expect(page).toHaveURL(/\/containers\/[0-9a-f]{64}\?from=\d+&to=\d+/)
  await expect(page.getByRole('heading', { name: killed })).toBeVisible()
  await engine.remove(ill)
})

test('a loop of restarts is one line that stays open while it grows', async ({
  page,
  engine,
  vigieUrl,
}) => {
  const name = uniqueName('loop')
  await engine.run({
    name,
    command: ['sh', '-c', 'exit 1'],
    hostConfig: { RestartPolicy: { Name: 'always' } },
  })
  await page.goto(`${vigieUrl}/events?q=container:${name}`)
  const burst = page.locator('[data-burst]')
  await expect(burst).toHaveCount(1)
  await expect(burst).toContainText(/restarted \d+ times in \d+\ss · last exited 1/, {
    timeout: soonMs,
  })
  await burst.getByRole('button').click()
  await expect(burst).toHaveAttribute('data-open', 'true')
  const rows = page.locator('[data-nested]')
  const before = await rows.count()
  expect(before).toBeGreaterThan(2)
  const newer = page.getByRole('button', { name: /new$/ })
  await expect(newer).toBeVisible({ timeout: soonMs })
  expect(await rows.count()).toBe(before)
  await newer.click()
  await expect.poll(() => rows.count()).toBeGreaterThan(before)
  await expect(burst).toHaveAttribute('data-open', 'true')
})

/** Zooms into the newer half; the span that the address then names, in Unix seconds. */
async function dragOverBars(page: Page): Promise<readonly [number, number]> {
  const bars = await page.locator('[data-total] canvas').boundingBox()
  if (bars === null) throw new Error('The histogram has no size')
  await page.mouse.move(bars.x + bars.width * 0.5, bars.y + 20)
  await page.mouse.down()
  await page.mouse.move(bars.x + bars.width - 2, bars.y + 20, { steps: 5 })
  await page.mouse.up()
  await expect(page).toHaveURL(/[?&]from=\d+&to=\d+/)
  const { searchParams } = new URL(page.url())
  return [Number(searchParams.get('from')), Number(searchParams.get('to'))]
}
