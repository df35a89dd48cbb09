import assert from 'node:assert/strict'
import { appendFile, mkdtemp, readdir, readFile, rm, stat } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { openLog } from '../telemetry/log.ts'
import { openAuditLog, type AuditLog } from './audit-log.ts'

let folder = ''
let nowMs = 0
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vigie-audit-'))
  nowMs = 1_790_000_000_000
})
afterEach(() => rm(folder, { recursive: true }))

function open(change: { rotates?: boolean; maxBytes?: number } = {}): AuditLog {
  const log = openLog('silent', 'test')
  return openAuditLog({ folder, log, clock: () => (nowMs += 1), rotates: true, ...change })
}

const ann = { name: 'ann', address: '10.0.0.7' }

describe('openAuditLog()', () => {
  test('gives back what was done, newest first, also to another process', async () => {
    const audit = open()
    await audit.write({ action: 'sign-in', by: ann, subject: 'ann' })
    await audit.write({ action: 'key-created', by: { name: 'command line' }, subject: 'web (12)' })
    const time = 1_790_000_000_000
    const expected = [
      {
        time: time + 2,
        action: 'key-created',
        by: 'command line',
        subject: 'web (12)',
        address: null,
      },
      { time: time + 1, action: 'sign-in', by: 'ann', subject: 'ann', address: '10.0.0.7' },
    ]
    assert.deepEqual(await audit.newest(10), expected)
    assert.deepEqual(await open().newest(1), expected.slice(0, 1))
    assert.equal((await stat(join(folder, 'audit.jsonl'))).mode & 0o777, 0o600)
  })

  test('has nothing at first', async () => {
    assert.deepEqual(await open().newest(10), [])
  })

  test('writes signs that a terminal would obey so that it does not', async () => {
    const subject = 'a\n\u001B[2J\u007F\u0085\u202Eb\u2028\u200B'
    await open().write({ action: 'user-added', by: ann, subject })
    const text = await readFile(join(folder, 'audit.jsonl'), 'utf8')
    assert.match(text, /^[ -~]+\n$/)
    assert.equal((await open().newest(1))[0]?.subject, subject)
  })

  test('cuts long texts', async () => {
    await open().write({
      action: 'user-added',
      by: { name: 'x'.repeat(5000) },
      subject: 'y'.repeat(5000),
    })
    assert.ok((await stat(join(folder, 'audit.jsonl'))).size < 600)
  })

  test('begins another file at its limit, and keeps one', async () => {
    const audit = open({ maxBytes: 1000 })
    for (let at = 0; at < 30; at += 1) {
      await audit.write({ action: 'sign-in', by: ann, subject: `n${at}` })
    }
    assert.deepEqual((await readdir(folder)).toSorted(), ['audit.jsonl', 'audit.jsonl.1'])
    const sizes = await Promise.all(
      ['audit.jsonl', 'audit.jsonl.1'].map(async (name) => (await stat(join(folder, name))).size),
    )
    assert.ok(
      sizes.every((size) => size < 1200),
      String(sizes),
    )
    const newest = await audit.newest(12)
    assert.deepEqual(newest.map(({ subject }) => subject), Array.from({ length: 12 }, (_, at) => `n${29 - at}`)) // prettier-ignore
  })

  test('leaves that to the server', async () => {
    const audit = open({ maxBytes: 100, rotates: false })
    for (let at = 0; at < 5; at += 1)
      await audit.write({ action: 'sign-in', by: ann, subject: 'x' })
    assert.deepEqual(await readdir(folder), ['audit.jsonl'])
  })

  test('passes over what is no line of it', async () => {
    const audit = open()
    await audit.write({ action: 'sign-in', by: ann, subject: 'ann' })
    await appendFile(join(folder, 'audit.jsonl'), 'noise\n{"time":"x"}\nnull\n{"time":1,"acti')
    assert.equal((await audit.newest(10)).length, 1)
  })

  test('never fails what is written down', async () => {
    const audit = open()
    await rm(folder, { recursive: true })
    await audit.write({ action: 'sign-in', by: ann, subject: 'ann' })
    assert.deepEqual(await audit.newest(10), [])
    folder = await mkdtemp(join(tmpdir(), 'vigie-audit-'))
  })
})
