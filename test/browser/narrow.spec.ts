import { once } from 'node:events'
import type { Server } from 'node:http'

import type { Page } from '@playwright/test'
import { createSyntheticServer } from './synthetic/server.ts'
import { expect, test } from './vigie-test.ts'

const containerCount = 60

/** A page, and what stands on it once it is drawn. */
interface Look {
  readonly path: string
  readonly shows: string
}

/** Over made-up containers, which have more to say than those of a test; `:id` is one of them. */
const made: readonly Look[] = [
  { path: '/', shows: 'main a[href^="/events"] [data-tone]' },
  { path: '/?view=map&group=project', shows: 'main canvas' },
  { path: '/?q=cpu:x', shows: 'main [role=status][data-tone]' },
  { path: '/?at=:past', shows: '.time-key-mark' },
  { path: '/containers/:id', shows: 'main canvas' },
  { path: '/containers/:id?tab=inspect', shows: 'main pre' },
  { path: '/containers/none', shows: 'main h1' },
  { path: '/logs', shows: '[data-line]' },
  { path: '/events?range=1h', shows: '.histogram-key' },
]
/** What no made-up server tells. */
const real: readonly Look[] = [
  { path: '/', shows: 'main h2' },
  { path: '/metrics', shows: '.catalogue' },
  { path: '/metrics?q=avg:system.load.1{', shows: 'main [role=status]' },
  { path: '/dashboards', shows: '#add-dashboard' },
  { path: '/dashboards/docker', shows: '.widget' },
  { path: '/agents', shows: '#agents-title' },
  { path: '/access', shows: 'main table' },
  { path: '/access?tab=people', shows: 'main .command' },
  { path: '/sign-in', shows: 'main h1' },
]

test.use({ viewport: { width: 390, height: 844 }, trace: 'off' })

for (const locale of ['en-GB', 'fr-FR']) {
  test.describe(`on a phone, in ${locale}`, () => {
    test.use({ locale, forgivenErrors: /status of 404/ })

    test('no page is wider than the screen, and no text is cut', async ({ page, blindUrl }) => {
      await using server = await listen(createSyntheticServer(containerCount, 20))
      await page.goto(server.url)
      const id = await page.locator('[data-id]').first().getAttribute('data-id')
      const past = String(Math.floor(Date.now() / 1000) - 120)
      for (const { path, shows } of made) {
        const own = path.replace(':id', id ?? '').replace(':past', past)
        await expectWhole(page, server.url + own, shows)
      }
      for (const { path, shows } of real) await expectWhole(page, blindUrl + path, shows)
      await page.goto('about:blank')
    })
  })
}

async function expectWhole(page: Page, url: string, shows: string): Promise<void> {
  await page.goto(url)
  await expect(page.locator(shows).first(), url).toBeVisible()
  await expect.poll(() => page.evaluate(findCut), { message: url }).toEqual([])
}

async function listen(server: Server): Promise<AsyncDisposable & { readonly url: string }> {
  await once(server.listen(0, '127.0.0.1'), 'listening')
  const address = server.address()
  const port = typeof address === 'object' ? address?.port : undefined
  return {
    url: `http://127.0.0.1:${port}`,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

/**
 * What is too wide for the screen: the document, what scrolls up and down in it, and texts that end at an edge without `…`. What
 * can be scrolled sideways may hold as much as it likes.
 */
const findCut = `(() => {
  const found = []
  for (const part of document.querySelectorAll('html, main')) {
    if (part.scrollWidth > part.clientWidth) found.push(part.localName + ' is ' + part.scrollWidth + ' wide')
  }
  const range = document.createRange()
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT)
  while (texts.nextNode()) {
    const { data, parentElement: holder } = texts.currentNode
    if (data.trim() === '' || !holder.checkVisibility({ visibilityProperty: true })) continue
    range.selectNodeContents(texts.currentNode)
    const text = range.getBoundingClientRect()
    const edge = edgeAround(holder, text)
    if (edge !== undefined) found.push(JSON.stringify(data.trim().slice(0, 60)) + ' is cut by ' + edge)
  }
  return found

  function edgeAround(holder, text) {
    for (let box = holder; box !== document.body; box = box.parentElement) {
      const { overflowX, overflowY, textOverflow, webkitLineClamp } = getComputedStyle(box)
      const edges = box.getBoundingClientRect()
      // Only for those who listen; and what ends at its last line with an ellipsis.
      if (edges.width <= 1 || webkitLineClamp !== 'none') return undefined
      const isWide = text.right > edges.right + 1 || text.left < edges.left - 1
      if (/auto|scroll/.test(overflowX) && box.localName !== 'main') return undefined
      if (/hidden|clip/.test(overflowX) && isWide) return textOverflow === 'ellipsis' ? undefined : box.className
      if (/hidden|clip/.test(overflowY) && text.bottom > edges.bottom + 2) return box.className
    }
    return text.right > innerWidth + 1 || text.left < -1 ? 'the screen' : undefined
  }
})()`
