import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import { surveyHappenings } from './survey-happenings.ts'

const hourMs = 3_600_000
/** A whole hour, some hours ago. */
const startMs = Math.floor(Date.now() / hourMs) * hourMs - 6 * hourMs
let store: TemporaryStore

/** A check that was critical in these minutes after the start, and nothing else. */
const minutes = [0, 1, 2, 80]

before(async () => {
  store = await openTemporaryStore()
  await store.write({
    serviceChecks: minutes.map((minute) => ({
      kind: 'service-check',
      name: 'http.can_connect',
      status: 2,
      message: '',
      timeMs: startMs + minute * 60_000,
      host: 'web-1',
      tags: [],
    })),
  })
})

after(() => store[Symbol.asyncDispose]())

const spans: readonly (readonly [
  name: string,
  from: number,
  to: number,
  found: readonly string[],
])[] = [
  ['the first time', 0, 1, ['hasChecks']],
  ['going on as before', 1, 3, []],
  ['after long silence', 70, 90, ['hasChecks']],
  ['long after', 200, 210, []],
]

describe('surveyHappenings()', () => {
  for (const [name, from, to, expected] of spans) {
    test(`of a check that is critical: ${name}`, async () => {
      const time = { fromMs: startMs + from * 60_000, toMs: startMs + to * 60_000 }
      const found = Object.entries(await surveyHappenings(store.read, time))
      assert.deepEqual(
        found.flatMap(([what, isThere]) => (isThere ? [what] : [])),
        expected,
      )
    })
  }
})
