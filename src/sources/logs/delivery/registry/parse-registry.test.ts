import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { KeptState } from '../delivery.ts'
import { parseRegistry } from './parse-registry.ts'
import { makeEntry } from './registry-entry.ts'

const noCounts = { readLines: 0, handedLines: 0, droppedLines: 0, truncatedLines: 0 }
const tally = {
  counts: { readLines: 20, handedLines: 16, droppedLines: 4, truncatedLines: 1 },
  readBytes: 9000,
  lostBytes: 5,
  rotations: 2,
}
const nothing = {
  counts: noCounts,
  readBytes: 0,
  lostBytes: 0,
  rotations: 0,
  sentBytes: 0,
  refusedLines: 0,
  unansweredLines: 0,
  begun: [],
  shipped: undefined,
}
const nowMs = 1_795_189_550_000
const updated = '2026-11-20T10:00:00.123456789Z'

/** What is known of each origin by its name. */
function parse(document: object): Readonly<Record<string, KeptState | undefined>> {
  const { entries } = parseRegistry(JSON.stringify(document), nowMs)
  return Object.fromEntries(Array.from(entries, ([name, { state }]) => [name, state]))
}

describe('parseRegistry()', () => {
  test('reads what makeEntry() writes', () => {
    const state: KeptState = {
      name: 'file:/var/log/a.log',
      at: { fileId: 18_446_744_073_709_551_615n, offset: 4711 },
      counts: { readLines: 10, handedLines: 7, droppedLines: 3, truncatedLines: 1 },
      readBytes: 4711,
      lostBytes: 5,
      rotations: 2,
      sentBytes: 700,
      refusedLines: 4,
      unansweredLines: 2,
      begun: [{ fileId: 18_446_744_073_709_551_614n, ...tally }],
      shipped: { ...tally, rotations: 3 },
    }
    const entry = makeEntry(state, nowMs)
    const text = `{"Version":2,"Registry":{"${state.name}":${entry.text}}}`
    const read = parseRegistry(text, 1).entries.get(state.name)
    assert.deepEqual([read?.state, read?.updatedMs], [state, nowMs])
    assert.deepEqual(JSON.parse(read?.text ?? ''), JSON.parse(entry.text))
  })

  test('reads the places and times of a Datadog Agent', () => {
    const entry = {
      LastUpdated: updated,
      TailingMode: 'end',
      IngestionTimestamp: 1_795_189_550_123_456_768,
      Fingerprint: { Value: 0, Config: null },
    }
    const registry = {
      'file:/a.log': { ...entry, Offset: '4711' },
      'docker:abc': { ...entry, Offset: updated },
    }
    assert.deepEqual(parse({ Version: 2, Registry: registry }), {
      'file:/a.log': { ...nothing, name: 'file:/a.log', at: { fileId: 0n, offset: 4711 } },
      'docker:abc': { ...nothing, name: 'docker:abc', at: { since: updated } },
    })
  })

  test('keeps what it cannot use as it is', () => {
    const journal = { LastUpdated: updated, Offset: 's=94b;i=1f', TailingMode: 'end', More: [1] }
    const { entries } = parseRegistry(
      JSON.stringify({ Version: 2, Registry: { 'journald:default': journal } }),
      nowMs,
    )
    const entry = entries.get('journald:default')
    assert.equal(entry?.state, undefined)
    assert.deepEqual(JSON.parse(entry?.text ?? ''), journal)
  })

  test('reads version 1: offsets are numbers, times have a field of their own', () => {
    const registry = {
      'file:/a.log': { LastUpdated: updated, Timestamp: '', Offset: 12 },
      'docker:abc': { LastUpdated: updated, Timestamp: updated, Offset: 0 },
      'docker:new': { LastUpdated: updated, Timestamp: '', Offset: 0 },
    }
    assert.deepEqual(parse({ Version: 1, Registry: registry }), {
      'file:/a.log': { ...nothing, name: 'file:/a.log', at: { fileId: 0n, offset: 12 } },
      'docker:abc': { ...nothing, name: 'docker:abc', at: { since: updated } },
    })
  })

  test('reads version 0: names are paths', () => {
    const registry = { '/a.log': { Path: '/a.log', Timestamp: updated, Offset: 12 } }
    assert.deepEqual(parse({ Version: 0, Registry: registry }), {
      'file:/a.log': { ...nothing, name: 'file:/a.log', at: { fileId: 0n, offset: 12 } },
    })
  })

  test('gives entries of older versions the form of the newest', () => {
    const registry = { 'file:/a.log': { LastUpdated: updated, Timestamp: '', Offset: 12 } }
    const text = JSON.stringify({ Version: 1, Registry: registry })
    const written = JSON.parse(parseRegistry(text, nowMs).entries.get('file:/a.log')?.text ?? '')
    assert.deepEqual([written.Offset, written.LastUpdated], ['12', '2026-11-20T10:00:00.123Z'])
  })

  test('trusts the place where only our own numbers are broken', () => {
    const entry = { LastUpdated: 'yesterday', Offset: '12', Vigie: { FileId: 'x' } }
    assert.deepEqual(parse({ Version: 2, Registry: { 'file:/a.log': entry } }), {
      'file:/a.log': { ...nothing, name: 'file:/a.log', at: { fileId: 0n, offset: 12 } },
    })
  })

  const broken: [string, string][] = [
    ['an empty file', ''],
    ['half a file', '{"Version":2,"Registry":{"file:/a.log":{"Last'],
    ['no version', '{"Registry":{}}'],
    ['a version that is not known', '{"Version":3,"Registry":{}}'],
    ['a list', '[]'],
    ['an entry without an offset', '{"Version":2,"Registry":{"a":{"LastUpdated":""}}}'],
  ]
  for (const [name, text] of broken)
    test(`refuses ${name}`, () => assert.throws(() => parseRegistry(text, nowMs)))
})

describe('makeEntry()', () => {
  test('has the types that the Go structs of a Datadog Agent want', () => {
    const { text } = makeEntry({ ...nothing, name: 'a', at: { since: updated } }, nowMs)
    assert.deepEqual(
      JSON.parse(text, (key, value: unknown) => (key === 'Vigie' ? undefined : value)),
      {
        LastUpdated: '2026-11-20T15:45:50.000Z',
        Offset: updated,
        TailingMode: '',
        IngestionTimestamp: 1_795_189_550_000_000_000,
        Fingerprint: { Value: 0, Config: null },
      },
    )
    assert.match(text, /"IngestionTimestamp":\d{19},/)
  })
})
