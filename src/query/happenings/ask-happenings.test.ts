import assert from 'node:assert/strict'
import { after, before, describe, test } from 'node:test'
import type { Container } from '../../model/container.ts'
import type { Event } from '../../model/event.ts'
import type { ServiceCheck } from '../../model/service-check.ts'
import type { ContainerRecord } from '../../store/store.ts'
import { openTemporaryStore, type TemporaryStore } from '../../store/temporary-store.ts'
import { sampleContainer } from '../../../test/server/open-test-server.ts'
import { sampleTotals } from '../../../test/server/sample-totals.ts'
import { narrowClient } from '../scope/narrow-client.ts'
import { openHappenings, type Happenings } from './open-happenings.ts'

/** A whole hour, some hours ago. */
const startMs = Math.floor(Date.now() / 3_600_000) * 3_600_000 - 4 * 3_600_000
const at = (seconds: number): number => startMs + seconds * 1000
const all = { fromMs: startMs, toMs: at(600), query: '', limit: 1000 }
const idOf = (digit: string): string => digit.repeat(64)
const tagsOf = (digit: string, name: string, team: string): readonly string[] => [
  `container_id:${idOf(digit)}`,
  `container_name:${name}`,
  `team:${team}`,
]

let store: TemporaryStore
let happenings: Happenings

/** What the engine told of an image's containers in a second. */
function bundle(seconds: number, lines: readonly string[], tags: readonly string[]): Event {
  const title = `registry/team/web:1.2 ${lines.length} on web-1`
  return event(seconds, {
    title,
    text: `%%%\n${title}\n\`\`\`\n${lines.join('\n')}\n\`\`\`\n%%%`,
    aggregationKey: 'docker:registry/team/web:1.2',
    alertType: 'error',
    source: 'docker',
    tags,
  })
}

function event(seconds: number, change: Partial<Event>): Event {
  return {
    kind: 'event',
    title: 'deployed',
    text: '',
    timeMs: at(seconds),
    alertType: 'info',
    priority: 'normal',
    aggregationKey: '',
    source: 'api',
    host: 'web-1',
    tags: [],
    ...change,
  }
}

function check(
  seconds: number,
  status: 0 | 1 | 2 | 3,
  change: Partial<ServiceCheck> = {},
): ServiceCheck {
  const kind = 'service-check'
  const given = { name: 'http.can_connect', message: '', host: 'web-1', tags: [], ...change }
  return { kind, status, timeMs: at(seconds), ...given }
}

function state(seconds: number, digit: string, change: Partial<Container>): ContainerRecord {
  return { host: 'web-1', timeMs: at(seconds) + 400, container: sampleContainer(digit, change) }
}

const shop = { name: 'shop', tags: tagsOf('a', 'shop', 'shop') }
const vault = { name: 'vault', tags: tagsOf('b', 'vault', 'vault') }

const events: readonly Event[] = [
  bundle(10, ['CREATE\tshop', 'START\tshop'], shop.tags),
  bundle(20, ['START\tvault', 'KILL\tshop'], [...shop.tags, ...vault.tags]),
  // The run of the one is known, of the other not.
  bundle(30, ['DIE\tshop', 'DIE\tother', 'and 7 more'], shop.tags),
  bundle(40, ['OOM\tvault', 'HEALTH_STATUS\tvault'], vault.tags),
  event(50, {
    title: `Container ${idOf('b')}: exec_start`,
    text: `Container vault of image registry/vault:2: exec_start: sh at 2026-01-01T00:00:00.000Z`,
    aggregationKey: `docker:${idOf('b')}`,
    source: 'docker',
    tags: [...vault.tags, 'event_type:exec_start'],
  }),
  event(60, { title: 'deployed v7', text: 'by ann\nDIE\tshop', alertType: 'success' }),
  event(60, { title: 'disk 91% full', alertType: 'warning', host: 'web-2', source: 'monitor' }),
]

const records: readonly ContainerRecord[] = [
  state(10, 'a', { ...shop, health: 'starting' }),
  state(20, 'b', { ...vault, health: 'healthy' }),
  state(25, 'a', { ...shop, health: 'healthy' }),
  state(26, 'a', { ...shop, health: 'healthy', restartCount: 1 }),
  state(27, 'a', { ...shop, health: 'unhealthy' }),
  // Docker keeps the last health of a container that has ended.
  state(31, 'a', { ...shop, health: 'healthy', state: 'exited' }),
]

const checks: readonly ServiceCheck[] = [
  ...[0, 15, 30].map((seconds) => check(seconds, 0)),
  check(45, 2, { message: 'no answer' }),
  check(60, 2),
  check(75, 0),
  check(90, 3, { host: 'web-2' }),
  check(45, 2, { name: 'docker.container_health', tags: vault.tags }),
  check(30, 2, { name: 'docker.exit', tags: [...shop.tags, 'exit_code:1'] }),
  check(99, 2, { name: 'docker.container_health', host: 'others', tags: ['container_name:x'] }),
]

before(async () => {
  store = await openTemporaryStore()
  happenings = openHappenings({ read: store.read, isNarrowed: false })
  const run = { host: 'web-1', name: 'shop', image: 'registry/team/web:1.2', tags: shop.tags }
  await store.write({
    events,
    serviceChecks: checks,
    containers: records,
    runs: [
      sampleTotals('a', { ...run, startedAtMs: at(10), finishedAtMs: at(29) + 800, exitCode: 1 }),
      sampleTotals('c', {
        ...run,
        name: 'job',
        startedAtMs: at(100),
        finishedAtMs: at(101),
        exitCode: 0,
      }),
      sampleTotals('d', {
        ...run,
        name: 'hog',
        startedAtMs: at(100),
        finishedAtMs: at(102),
        exitCode: 137,
        wasOomKilled: true,
      }),
    ],
  })
})

after(() => store[Symbol.asyncDispose]())

/** `seconds kind action container-or-actor`, in the order of the answer. */
async function told(query = '', from: Happenings = happenings): Promise<readonly string[]> {
  const { happenings: found } = await from.list({ ...all, query })
  return found.map(({ key, kind, action, containerName, actor }) =>
    [Math.floor((key.timeMs - startMs) / 1000), kind, action, containerName || actor].join(' '),
  )
}

const everything = [
  '102 exit oom_killed hog',
  '101 exit exited job',
  '99 check critical x',
  '90 check unknown http.can_connect',
  '75 check ok http.can_connect',
  '60 event api api',
  '60 event monitor monitor',
  '50 engine exec_start vault',
  '45 check critical http.can_connect',
  '40 oom oom vault',
  '30 engine die other',
  '30 engine more docker',
  '29 exit exited shop',
  '27 health unhealthy shop',
  '25 health healthy shop',
  '20 engine kill shop',
  '20 engine start vault',
  '10 engine create shop',
  '10 engine start shop',
]

describe('what happened', () => {
  test('is told once, whichever way it came in', async () => {
    assert.deepEqual((await told()).toSorted(), everything.toSorted())
  })

  test('comes the newest first, and so that the later line of a bundle is before the earlier one', async () => {
    const { happenings: found } = await happenings.list(all)
    const times = found.map(({ key }) => key.timeMs)
    assert.deepEqual(
      times,
      times.toSorted((a, b) => b - a),
    )
    const ofBundle = (await told()).filter((line) => line.startsWith('10 '))
    assert.deepEqual(ofBundle, ['10 engine start shop', '10 engine create shop'])
  })

  test('names the container of a line by its id', async () => {
    const { happenings: found } = await happenings.list({ ...all, query: 'kind:(engine OR oom)' })
    const ids = found.map(
      ({ containerName, containerId }) => `${containerName} ${containerId.slice(0, 1)}`,
    )
    assert.deepEqual(ids.toSorted(), [
      ' ',
      'other ',
      'shop a',
      'shop a',
      'shop a',
      'vault b',
      'vault b',
      'vault b',
    ])
  })

  test('says in a sentence what it was, and how bad', async () => {
    const { happenings: found } = await happenings.list(all)
    const lines = found.map(({ tone, title }) => `${tone}: ${title}`)
    for (const expected of [
      'critical: hog exited with 137: a process was killed for want of memory',
      'none: job exited with 0',
      'critical: shop exited with 1',
      'critical: shop is unhealthy',
      'ok: shop is healthy',
      'critical: A process of vault was killed for want of memory',
      'none: and 7 more of registry/team/web:1.2',
      'none: shop: kill',
      'ok: http.can_connect is OK on web-1',
      'none: http.can_connect is UNKNOWN on web-2',
      'warning: disk 91% full',
      'ok: deployed v7',
    ])
      assert.ok(lines.includes(expected), `${expected} is not among\n${lines.join('\n')}`)
  })

  test('gives all that is known of an end', async () => {
    const { happenings: found } = await happenings.list({
      ...all,
      query: 'kind:exit container:shop',
    })
    assert.deepEqual(found, [
      {
        key: { timeMs: at(29) + 800, hash: found[0]?.key.hash, line: 0 },
        kind: 'exit',
        action: 'exited',
        tone: 'critical',
        title: 'shop exited with 1',
        text: '',
        host: 'web-1',
        actor: 'docker',
        containerId: idOf('a'),
        containerName: 'shop',
        image: 'registry/team/web:1.2',
        exitCode: 1,
        ranMs: 19_800,
        tags: shop.tags,
      },
    ])
  })
})

const searches: readonly (readonly [query: string, found: readonly string[]])[] = [
  ['kind:oom', ['40 oom oom vault']],
  ['action:oom*', ['102 exit oom_killed hog', '40 oom oom vault']],
  ['container:job', ['101 exit exited job']],
  [`container:${'c'.repeat(12)}`, ['101 exit exited job']],
  // Known by its name alone where the engine told of several containers at once.
  [
    `container:${'b'.repeat(12)} kind:engine`,
    ['50 engine exec_start vault', '20 engine start vault'],
  ],
  ['image:registry/vault:2', ['50 engine exec_start vault']],
  ['image:vault', ['50 engine exec_start vault']],
  ['host:web-2', ['90 check unknown http.can_connect', '60 event monitor monitor']],
  ['actor:api', ['60 event api api']],
  ['source:monitor', ['60 event monitor monitor']],
  ['status:warn', ['60 event monitor monitor']],
  ['status:error kind:exit', ['102 exit oom_killed hog', '29 exit exited shop']],
  ['status:>=warn -status:error', ['60 event monitor monitor']],
  ['tone:ok kind:event', ['60 event api api']],
  ['exit_code:137', ['102 exit oom_killed hog']],
  ['event_type:exec_start', ['50 engine exec_start vault']],
  ['ann', ['60 event api api']],
  ['"no answer"', ['45 check critical http.can_connect']],
  ['memory -kind:oom', ['102 exit oom_killed hog']],
  [`"') OR 1=1 --"`, []],
]

describe('a search for what happened', () => {
  for (const [query, found] of searches) {
    test(`finds ${query}`, async () => {
      assert.deepEqual(await told(query), found)
    })
  }

  test('that cannot be read is refused with its place', async () => {
    const fault = (message: RegExp): object => ({ code: 'QUESTION', kind: 'invalid', message })
    await assert.rejects(told('a OR'), fault(/^Cannot read the query at its end/))
    await assert.rejects(told('/\\p{Klingon}/'), fault(/none that RE2 takes$/))
    const count = happenings.count({ ...all, query: 'status:odd', steps: 10 })
    await assert.rejects(count, fault(/a level is expected/))
  })
})

describe('pages of what happened', () => {
  for (const limit of [1, 2, 3, 7]) {
    test(`of ${limit} neither skip nor repeat`, async () => {
      const ids: string[] = []
      let cursor: string | undefined
      for (let page = 0; page < everything.length; page++) {
        const found = await happenings.list({ ...all, limit, before: cursor })
        ids.push(...found.happenings.map(({ key }) => `${key.hash}-${key.line}`))
        cursor = found.next
        if (cursor === undefined) break
      }
      const { happenings: whole } = await happenings.list(all)
      assert.deepEqual(
        ids,
        whole.map(({ key }) => `${key.hash}-${key.line}`),
      )
    })
  }

  test('begin at a cursor of ours alone', async () => {
    for (const cursor of ['', 'x', '1-2', '1-99999999999999999999-0', '1-2-3-4']) {
      await assert.rejects(
        happenings.list({ ...all, before: cursor }),
        /the cursor is none of ours/,
      )
    }
  })
})

describe('counts of what happened', () => {
  test('are of the same that the list has', async () => {
    const { total, stepMs, fromMs, bars, facets } = await happenings.count({ ...all, steps: 20 })
    assert.equal(total, everything.length)
    assert.equal(stepMs, 60_000)
    assert.equal(fromMs, startMs)
    const kinds = new Map(bars.map(({ kind, counts }) => [kind, counts.slice(0, 2)]))
    assert.deepEqual(kinds.get('exit'), [1, 2])
    assert.deepEqual(kinds.get('event'), [0, 2])
    assert.deepEqual(bars[0]?.counts.length, 11)
    assert.deepEqual(facets.kind.slice(0, 2), [
      { value: 'engine', count: 7 },
      { value: 'check', count: 4 },
    ])
    assert.deepEqual(facets.container[0], { value: 'shop', count: 6 })
    assert.deepEqual(facets.image.at(-1), { value: 'registry/vault:2', count: 1 })
    assert.deepEqual(
      facets.actor.map(({ value }) => value),
      ['docker', 'http.can_connect', 'api', 'docker.container_health', 'monitor'],
    )
    assert.deepEqual(
      facets.host.map(({ value }) => value),
      ['web-1', 'web-2', 'others'],
    )
  })

  test('have whole seconds as their shortest bar, and are empty where nothing is found', async () => {
    const short = { ...all, toMs: at(1), query: 'nonesuch', steps: 200 }
    const found = await happenings.count(short)
    assert.deepEqual([found.total, found.stepMs, found.bars, found.facets.kind], [0, 1000, [], []])
  })
})

describe('a change of a service check', () => {
  test('is one whatever time is looked at', async () => {
    const from = { ...all, fromMs: at(50), query: 'kind:check host:web-1' }
    const { happenings: found } = await happenings.list(from)
    assert.deepEqual(
      found.map(({ action }) => action),
      ['ok'],
    )
  })
})

describe('within a scope', () => {
  const scope = [{ key: 'team', patterns: ['shop'], isNegated: false }]
  const within = (): Happenings =>
    openHappenings({ read: narrowClient(store.read, scope), isNarrowed: true })

  test('of what an engine told of several containers at once there are the lines of those', async () => {
    assert.deepEqual(await told('', within()), [
      '102 exit oom_killed hog',
      '101 exit exited job',
      '29 exit exited shop',
      '27 health unhealthy shop',
      '25 health healthy shop',
      '20 engine kill shop',
      '10 engine start shop',
      '10 engine create shop',
    ])
    const { happenings: found } = await within().list(all)
    assert.doesNotMatch(JSON.stringify(found), /vault/)
    assert.deepEqual(await told('team:vault', within()), [])
  })
})
