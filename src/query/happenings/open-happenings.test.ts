import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Event } from '../../model/event.ts'
import type { ServiceCheck } from '../../model/service-check.ts'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import { openHappenings, type Happenings } from './open-happenings.ts'

/** A whole minute, an hour ago. */
const startMs = Math.floor(Date.now() / 60_000) * 60_000 - 3_600_000
let store: TemporaryStore
let happenings: Happenings

/** An event for each letter, each a second after the one before. */
const events: readonly (readonly [letter: string, change: Partial<Event>])[] = [
  ['a', { title: 'busybox 1 start 1 die on web-1', tags: ['short_image:busybox', 'env:prod'] }],
  ['b', { title: 'Container b: oom', alertType: 'error', tags: ['event_type:oom', 'env:test'] }],
  ['c', { source: 'api', host: 'web-2', title: 'deployed', text: 'shop v1.2\nby ann' }],
  ['d', { source: 'api', alertType: 'success', priority: 'low', title: 'Deployed again' }],
  ['e', { alertType: 'warning', title: 'disk 91% full', aggregationKey: 'disk:a' }],
]

const searches: readonly (readonly [query: string, letters: string])[] = [
  ['', 'edcba'],
  ['*', 'edcba'],
  ['die', 'a'],
  ['deploy', ''],
  ['deployed', 'dc'],
  ['deploy*', 'dc'],
  ['"deployed again"', 'd'],
  ['ann', 'c'],
  ['-deployed', 'eba'],
  ['source:docker', 'eba'],
  ['sources:api', 'dc'],
  ['source:docker (die OR oom)', 'ba'],
  ['host:web-2', 'c'],
  ['host:(web-1 OR web-2) -source:docker', 'dc'],
  ['env:prod', 'a'],
  ['env:*', 'ba'],
  ['env:""', 'edc'],
  ['@env:test', 'b'],
  ['event_type:oom', 'b'],
  ['status:error', 'b'],
  ['status:warn', 'e'],
  ['status:>=warn', 'eb'],
  ['status:<warn', 'dca'],
  ['alert_type:success', 'd'],
  ['priority:low', 'd'],
  ['aggregation_key:disk*', 'e'],
  ['title:/^[a-z]+ 1 start/', 'a'],
  ['/V1\\.\\d/i', 'c'],
  ['text:""', 'edba'],
  [`"') OR 1=1 --"`, ''],
  ['91%', 'e'],
]

const check = (change: Partial<ServiceCheck>): ServiceCheck => ({
  kind: 'service-check',
  name: 'docker.service_up',
  status: 0,
  message: '',
  timeMs: startMs,
  host: 'web-1',
  tags: [],
  ...change,
})

before(async () => {
  store = await openTemporaryStore()
  happenings = openHappenings({ read: store.read, isNarrowed: false })
  await store.write({
    events: events.map(([letter, change], index) => ({
      kind: 'event',
      title: letter,
      text: '',
      timeMs: startMs + index * 1000,
      alertType: 'info',
      priority: 'normal',
      aggregationKey: '',
      source: 'docker',
      host: 'web-1',
      tags: [],
      ...change,
    })),
    serviceChecks: [
      check({ status: 2, message: 'no answer' }),
      check({ timeMs: startMs + 1, message: 'well again' }),
      check({ host: 'web-2', status: 2 }),
      check({ name: 'docker.container_health', tags: ['container_name:a'], status: 3 }),
      check({ name: 'docker.container_health', tags: ['container_name:b'] }),
    ],
  })
})

after(() => store[Symbol.asyncDispose]())

const all = { fromMs: startMs, toMs: startMs + 60_000, query: '', limit: 100 }
const letterAt = (timeMs: number): string => events[(timeMs - startMs) / 1000]?.[0] ?? '?'

async function letters(change: Partial<Parameters<Happenings['listEvents']>[0]>): Promise<string> {
  const { events: found } = await happenings.listEvents({ ...all, ...change })
  return found.map(({ timeMs }) => letterAt(timeMs)).join('')
}

describe('listEvents()', () => {
  for (const [query, expected] of searches) {
    test(`finds ${query === '' ? 'all' : query}`, async () => {
      assert.equal(await letters({ query }), expected)
    })
  }

  test('gives all that is kept of an event', async () => {
    const { events: found, isCut } = await happenings.listEvents({ ...all, query: 'oom' })
    assert.deepEqual(found, [
      {
        id: found[0]?.id,
        timeMs: startMs + 1000,
        title: 'Container b: oom',
        text: '',
        alertType: 'error',
        priority: 'normal',
        source: 'docker',
        host: 'web-1',
        tags: ['event_type:oom', 'env:test'],
      },
    ])
    assert.match(found[0]?.id ?? '', /^\d+$/)
    assert.equal(isCut, false)
  })

  test('keeps to its time, both ends included, and to its limit', async () => {
    assert.equal(await letters({ fromMs: startMs + 1000, toMs: startMs + 3000 }), 'dcb')
    assert.equal(await letters({ limit: 2 }), 'ed')
    assert.equal(await letters({ limit: 2, offset: 2 }), 'cb')
    assert.equal((await happenings.listEvents({ ...all, limit: 4 })).isCut, true)
    assert.equal((await happenings.listEvents({ ...all, limit: 5 })).isCut, false)
  })

  test('looks for whole tags, sources and priority besides', async () => {
    assert.equal(await letters({ tags: ['env:prod', 'host:web-1'] }), 'a')
    assert.equal(await letters({ tags: ['env'] }), '')
    assert.equal(await letters({ sources: ['api', 'other'] }), 'dc')
    assert.equal(await letters({ priority: 'low' }), 'd')
  })

  test('says what is wrong with a search', async () => {
    const fault = (message: RegExp): object => ({ code: 'QUESTION', kind: 'invalid', message })
    await assert.rejects(letters({ query: 'a OR' }), fault(/^Cannot read the query at its end/))
    await assert.rejects(letters({ query: '/\\p{Klingon}/' }), fault(/none that RE2 takes$/))
  })
})

describe('findEvent()', () => {
  test('finds an event by its id, and by what of it every language can read', async () => {
    const { events: found } = await happenings.listEvents(all)
    for (const { id, title } of found) {
      assert.equal((await happenings.findEvent(BigInt(id)))?.title, title)
      const short = BigInt.asUintN(53, BigInt(id))
      assert.equal((await happenings.findEvent(short))?.title, title)
    }
    assert.equal(await happenings.findEvent(1n), undefined)
  })
})

describe('listServiceChecks()', () => {
  test('gives the newest state of each', async () => {
    const states = await happenings.listServiceChecks({ tags: [], limit: 10 })
    assert.deepEqual(
      states.map(({ name, host, tags, status }) => [name, host, ...tags, status].join(' ')),
      [
        'docker.container_health web-1 container_name:a 3',
        'docker.container_health web-1 container_name:b 0',
        'docker.service_up web-1 0',
        'docker.service_up web-2 2',
      ],
    )
    const named = { name: 'docker.service_up', tags: ['host:web-1'], limit: 10 }
    assert.deepEqual(await happenings.listServiceChecks(named), [
      {
        name: 'docker.service_up',
        status: 0,
        message: 'well again',
        host: 'web-1',
        tags: [],
        timeMs: startMs + 1,
      },
    ])
    const tagged = { tags: ['container_name:a'], limit: 10 }
    assert.equal((await happenings.listServiceChecks(tagged)).length, 1)
  })
})
