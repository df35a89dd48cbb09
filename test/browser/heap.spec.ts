import { expect, test as base } from '@playwright/test'

import { countTicks, hearTicks, measureHeap } from './measure-page.ts'
import { serve } from './synthetic/serve.ts'
import { createSyntheticServer } from './synthetic/server.ts'

const growthMinutes = 10
const mebibyte = 1024 * 1024
/** `VIGIE_TEST_REAL_TIME=1` watches 1,000 rows for ten real minutes; else as many seconds are told of fewer, faster than they pass. */
const isRealTime = process.env['VIGIE_TEST_REAL_TIME'] === '1'
const ticksPerSecond = isRealTime ? 1 : 10
const rowCount = isRealTime ? 1000 : 300

const test = base.extend<object, { readonly url: string }>({
  url: [serve(() => createSyntheticServer(rowCount, 0, ticksPerSecond)), { scope: 'worker' }],
})

test.use({ trace: 'off' })

for (const view of ['table', 'map'] as const) {
  test(`ten minutes of the live ${view} keep nothing`, async ({ page, url }) => {
    // A busy machine tells them later, not fewer of them.
    test.setTimeout((8 * growthMinutes * 60_000) / ticksPerSecond + 180_000)
    await countTicks(page)
    await page.goto(`${url}/?state=all&view=${view}`)
    await page
      .getByText(`${rowCount.toLocaleString('en-GB')} containers`, { exact: true })
      .waitFor()
    // What is made once, and the minute that spark lines hold, is there first.
    await hearTicks(page, 90)
    const beforeBytes = await measureHeap(page)
    await hearTicks(page, growthMinutes * 60)
    const grownBytes = (await measureHeap(page)) - beforeBytes
    console.log(
      `Budget: heap of the ${view} ${(beforeBytes / mebibyte).toFixed(1)} MiB, grown by ` +
        `${(grownBytes / mebibyte).toFixed(2)} MiB of 10 MB in ${growthMinutes} min${isRealTime ? '' : ' told faster'}`,
    )
    expect(grownBytes).toBeLessThanOrEqual(10e6)
  })
}
