import { cpus } from 'node:os'

import type { Page } from '@playwright/test'

const measuredMs = 8000

/** Frames a second, and the longest time between two of them. */
export async function measureFrames(page: Page): Promise<{ perSecond: number; longestMs: number }> {
  // In words of the browser: this file is checked without its types.
  return page.evaluate(`new Promise((resolve) => {
    const times = []
    const count = (time) => {
      times.push(time)
      if (time - times[0] < ${measuredMs}) return requestAnimationFrame(count)
      const gaps = times.slice(1).map((end, index) => end - times[index])
      resolve({ perSecond: gaps.length * 1000 / (time - times[0]), longestMs: Math.max(...gaps) })
    }
    requestAnimationFrame(count)
  })`)
}

/** Share of one core that the page's own thread uses, from its processor time. */
export async function measureCpu(page: Page, during: () => Promise<unknown>): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('Performance.enable', { timeDomain: 'threadTicks' })
  const busyS = async (): Promise<number> => {
    const { metrics } = await session.send('Performance.getMetrics')
    return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? Number.NaN
  }
  const [beforeS, startedAt] = [await busyS(), performance.now()]
  await during()
  return ((await busyS()) - beforeS) / ((performance.now() - startedAt) / 1000)
}

/** What a page takes, and what is left of the machine. */
export interface PageUse {
  /** Cores that the process of the page uses, all of its threads; drawing and networking are other processes'. */
  readonly pageCores: number
  /** Share of the machine that neither the browser nor this process uses, but others do. */
  readonly othersRatio: number
}

/** Processor time while something happens; it depends little on how much others use. */
export async function measureUse(page: Page, during: () => Promise<unknown>): Promise<PageUse> {
  const browser = page.context().browser()
  if (browser === null) throw new Error('Cannot measure the page: it has no browser')
  const session = await browser.newBrowserCDPSession()
  const read = async (): Promise<Times> => {
    const { processInfo } = await session.send('SystemInfo.getProcessInfo')
    return { browser: processInfo, machineS: busySeconds(), ownS: ownSeconds() }
  }
  const [before, startedAt] = [await read(), performance.now()]
  await during()
  const [after, elapsedS] = [await read(), (performance.now() - startedAt) / 1000]
  const known = new Map(before.browser.map(({ id, cpuTime }) => [id, cpuTime]))
  const used = after.browser.map(({ id, type, cpuTime }) => ({
    type,
    seconds: cpuTime - (known.get(id) ?? 0),
  }))
  // Other renderers of the browser wait for a page to show: the busiest is this one's.
  const renderers = used.filter(({ type }) => type === 'renderer').map(({ seconds }) => seconds)
  const browserS = used.reduce((total, { seconds }) => total + seconds, 0)
  const othersS = after.machineS - before.machineS - (after.ownS - before.ownS) - browserS
  return {
    pageCores: Math.max(...renderers) / elapsedS,
    othersRatio: Math.max(0, othersS) / elapsedS / cpus().length,
  }
}

interface Times {
  readonly browser: readonly {
    readonly id: number
    readonly type: string
    readonly cpuTime: number
  }[]
  readonly machineS: number
  readonly ownS: number
}

/** Processor time that the machine has used since it was started. */
function busySeconds(): number {
  const times = cpus().map((cpu) => cpu.times)
  return times.reduce((total, { user, nice, sys, irq }) => total + user + nice + sys + irq, 0) / 1e3
}

function ownSeconds(): number {
  const { user, system } = process.cpuUsage()
  return (user + system) / 1e6
}

/** Counts, from the next page on, the ticks that the page hears. */
export async function countTicks(page: Page): Promise<void> {
  await page.addInitScript(`{
    window.tickCount = 0
    window.EventSource = class extends EventSource {
      constructor(...parts) {
        super(...parts)
        this.addEventListener('tick', () => { window.tickCount += 1 })
      }
    }
  }`)
}

/** Waits until the page has heard so many more; {@link countTicks} has to come first. */
export async function hearTicks(page: Page, count: number): Promise<void> {
  // A promise and not Playwright's own wait, which would evaluate text: the page's policy forbids it.
  await page.evaluate(`new Promise((resolve) => {
    const enough = window.tickCount + ${count}
    const timer = setInterval(() => {
      if (window.tickCount < enough) return
      clearInterval(timer)
      resolve()
    }, 200)
  })`)
}

/** Bytes that live objects of the page take, after all that can go has gone. */
export async function measureHeap(page: Page): Promise<number> {
  const session = await page.context().newCDPSession(page)
  await session.send('HeapProfiler.collectGarbage')
  await session.send('HeapProfiler.collectGarbage')
  const { usedSize } = await session.send('Runtime.getHeapUsage')
  await session.detach()
  return usedSize
}
