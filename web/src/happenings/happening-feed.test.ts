import { beforeEach, describe, expect, test, vi } from 'vitest'

import type { HappeningRow, HappeningsAnswer } from '../../../src/api/contract/happenings.ts'
import { RequestError } from '../data/request.ts'
import { happeningsAtMs, sampleHappening } from '../testing/happening-samples.ts'
import { openHappeningFeed, type HappeningFeed } from './happening-feed.ts'

const startS = happeningsAtMs / 1000
/** What the server has, the newest first. */
let stored: readonly HappeningRow[]
let asked: readonly URLSearchParams[]
let fault: RequestError | undefined
let nowS: number
let feed: HappeningFeed

/** Answers as the contract says, three rows on a page. */
async function load(parameters: URLSearchParams): Promise<HappeningsAnswer> {
  asked = [...asked, parameters]
  if (fault !== undefined) throw fault
  const [fromS, toS] = [Number(parameters.get('from')), Number(parameters.get('to'))]
  const found = stored.filter(({ timeMs }) => timeMs >= fromS * 1000 && timeMs <= toS * 1000 + 999)
  const from = found.findIndex(({ id }) => id === parameters.get('before')) + 1
  const happenings = found.slice(from, from + 3)
  return { happenings, next: found.length > from + 3 ? (happenings.at(-1)?.id ?? null) : null }
}

/** Rows so many seconds after the start, which are their ids. */
function rowsAt(...afterS: readonly number[]): readonly HappeningRow[] {
  return afterS.map((second) => sampleHappening(second, { id: String(second) }))
}

const shown = (): readonly string[] => feed.state().rows.map(({ id }) => id)
/** Waits until nothing is under way any more. */
const settle = async (): Promise<void> => {
  for (let turn = 0; turn < 100; turn += 1) await Promise.resolve()
}

beforeEach(async () => {
  stored = rowsAt(-10, -20, -30, -40)
  asked = []
  fault = undefined
  nowS = startS
  feed = openHappeningFeed({ load, nowS: () => nowS })
  feed.ask({ query: 'kind:exit', time: { kind: 'newest', seconds: 3600 } })
  await settle()
})

describe('openHappeningFeed()', () => {
  test('shows the first page, then older ones until there are none', async () => {
    expect(shown()).toEqual(['-10', '-20', '-30'])
    expect(feed.state()).toMatchObject({ query: 'kind:exit', isLoading: false, hasOlder: true })
    feed.loadOlder()
    feed.loadOlder()
    await settle()
    expect(shown()).toEqual(['-10', '-20', '-30', '-40'])
    expect(feed.state().hasOlder).toBe(false)
    expect(asked).toHaveLength(2)
  })

  test('asks again from a minute ago, and takes in what came late and what is told better now', async () => {
    stored = rowsAt(1, -10, -15, -30, -40).map((row) =>
      row.id === '-30' ? { ...row, id: 'exit' } : row,
    )
    nowS = startS + 2
    feed.refresh()
    await settle()
    expect(asked[1]?.get('from')).toBe(String(startS - 60))
    expect(shown()).toEqual(['1', '-10', '-15', 'exit', '-40'])
  })

  test('tells nobody when nothing has happened', async () => {
    const told = vi.fn()
    feed.subscribe(told)
    stored = rowsAt(-10, -20, -30)
    feed.refresh()
    await settle()
    expect(told).not.toHaveBeenCalled()
  })

  test('keeps what is shown in its place while it is held, and says how many wait', async () => {
    feed.hold()
    stored = rowsAt(2, 1, -10, -20, -30, -40)
    feed.refresh()
    await settle()
    expect(shown()).toEqual(['-10', '-20', '-30'])
    expect(feed.state().waitingCount).toBe(3)
    feed.release()
    expect(shown()).toEqual(['2', '1', '-10', '-20', '-30', '-40'])
    expect(feed.state().waitingCount).toBe(0)
  })

  test('keeps what is shown while the server is away, and leaves no gap and no double afterwards', async () => {
    fault = new RequestError(0, 'away')
    feed.refresh()
    await settle()
    expect(shown()).toEqual(['-10', '-20', '-30'])
    expect(feed.state().error?.message).toBe('away')
    fault = undefined
    nowS = startS + 600
    stored = rowsAt(590, 400, 300, 100, 5, -10, -20, -30, -40)
    feed.refresh()
    await settle()
    expect(shown()).toEqual(['590', '400', '300', '100', '5', '-10', '-20', '-30', '-40'])
    expect(feed.state().error).toBeUndefined()
  })

  test('begins anew when too much has happened meanwhile', async () => {
    nowS = startS + 600
    stored = rowsAt(...Array.from({ length: 100 }, (_, index) => 500 - index))
    feed.refresh()
    await settle()
    expect(shown()).toEqual(['500', '499', '498'])
    expect(feed.state()).toMatchObject({ hasOlder: true, answerCount: 2 })
  })

  test('keeps the rows of the query before when another is refused', async () => {
    fault = new RequestError(400, 'no such sign', { at: 3 })
    feed.ask({ query: '))', time: { kind: 'span', fromS: startS - 100, toS: startS } })
    await settle()
    expect(shown()).toEqual(['-10', '-20', '-30'])
    expect(feed.state()).toMatchObject({ query: 'kind:exit', isLoading: false })
    expect(feed.state().error?.at).toBe(3)
  })

  test('takes in what was told late, from when it happened on', async () => {
    feed.loadOlder()
    await settle()
    stored = rowsAt(-10, -20, -30, -40, -900, -3000)
    feed.noteLate(happeningsAtMs - 900_000)
    feed.refresh()
    await settle()
    expect(asked.at(-2)?.get('from')).toBe(String(startS - 900))
    expect(shown()).toEqual(['-10', '-20', '-30', '-40', '-900'])
    feed.refresh()
    await settle()
    expect(asked.at(-1)?.get('from')).toBe(String(startS - 60))
  })

  test('asks for nothing that older pages bring anyway', async () => {
    stored = rowsAt(-100, -200, -300, -400)
    feed.retry()
    await settle()
    feed.noteLate(0)
    stored = rowsAt(-100, -150, -200, -300, -400, -500)
    feed.refresh()
    await settle()
    expect(asked[2]?.get('from')).toBe(String(startS - 300))
    feed.loadOlder()
    await settle()
    expect(shown()).toEqual(['-100', '-150', '-200', '-300', '-400', '-500'])
  })

  test('asks again for what was told late when the server was away', async () => {
    feed.loadOlder()
    await settle()
    feed.noteLate(happeningsAtMs - 900_000)
    fault = new RequestError(0, 'away')
    feed.refresh()
    await settle()
    fault = undefined
    stored = rowsAt(-10, -20, -30, -40, -900)
    feed.refresh()
    await settle()
    expect(shown()).toEqual(['-10', '-20', '-30', '-40', '-900'])
  })

  test('asks a span again only for what was told late of it', async () => {
    feed.ask({ query: '', time: { kind: 'span', fromS: startS - 25, toS: startS } })
    await settle()
    feed.noteLate(happeningsAtMs + 1000)
    feed.refresh()
    await settle()
    expect(asked).toHaveLength(2)
    stored = rowsAt(-10, -15, -20)
    feed.noteLate(happeningsAtMs - 15_000)
    feed.refresh()
    await settle()
    expect(shown()).toEqual(['-10', '-15', '-20'])
  })

  test('asks anew once the server that was away is there, not what it refused', async () => {
    fault = new RequestError(0, 'away')
    feed.ask({ query: 'a', time: { kind: 'newest', seconds: 3600 } })
    await settle()
    fault = undefined
    feed.refresh()
    await settle()
    expect(feed.state()).toMatchObject({ query: 'a', error: undefined })
    fault = new RequestError(400, 'no such sign')
    feed.ask({ query: '))', time: { kind: 'newest', seconds: 3600 } })
    await settle()
    const count = asked.length
    feed.refresh()
    await settle()
    expect(asked).toHaveLength(count)
  })

  test('a span that has ended is not asked for again', async () => {
    feed.ask({ query: '', time: { kind: 'span', fromS: startS - 25, toS: startS } })
    await settle()
    expect(shown()).toEqual(['-10', '-20'])
    feed.refresh()
    await settle()
    expect(asked).toHaveLength(2)
  })
})
