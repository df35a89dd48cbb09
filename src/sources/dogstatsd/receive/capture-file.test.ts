import assert from 'node:assert/strict'
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, beforeEach, describe, test } from 'node:test'
import { encodeCaptureHeader } from '../../../wire/dogstatsd-capture/capture-header.ts'
import { CaptureReader } from '../../../wire/dogstatsd-capture/capture-reader.ts'
import { openCaptureFile } from './capture-file.ts'
import type { Capture } from './packet-tap.ts'

const containers = ['', 'aaa', 'bbb']
const maxBytes = 1024 * 1024

let folder = ''
let path = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-capture-'))
  path = join(folder, 'a.dog')
})
after(() => rmSync(folder, { recursive: true }))
beforeEach(() => writeFileSync(path, encodeCaptureHeader()))

function open(change: { path?: string; maxBytes?: number } = {}): Capture {
  const containerIdOf = (sender: number): string | undefined => containers[sender] || undefined
  return openCaptureFile({ path, maxBytes, containerIdOf, ...change })
}

/** The packet lies in memory that holds other things before and behind it. */
function add(capture: Capture, text: string, { sender = 0, pid = 0 } = {}): void {
  const memory = Buffer.from(`before${text}behind`)
  const place = { from: 6, to: memory.length - 6, sender, transport: 'uds' } as const
  capture.packet(memory, place, pid)
}

function readTexts(): string[] {
  const packets = Array.from(new CaptureReader().read(readFileSync(path)))
  return packets.map(({ payload }) => Buffer.from(payload).toString())
}

describe('openCaptureFile()', () => {
  test('writes each packet, and what it knows of their senders', () => {
    const capture = open()
    const startMs = Date.now()
    add(capture, 'a:1|c')
    add(capture, 'b:1|c', { sender: 1, pid: 31 })
    add(capture, 'c:1|c', { sender: 2, pid: 32 })
    capture.close()
    const packets = Array.from(new CaptureReader().read(readFileSync(path)))
    assert.deepEqual(
      packets.map(({ pid, payload }) => [pid, Buffer.from(payload).toString()]),
      [
        [0, 'a:1|c'],
        [31, 'b:1|c'],
        [32, 'c:1|c'],
      ],
    )
    for (const { timeMs } of packets) assert.ok(timeMs >= startMs - 1 && timeMs <= Date.now() + 1)
    assert.deepEqual(capture.containerIds, new Map([[31, 'aaa'], [32, 'bbb']])) // prettier-ignore
    assert.deepEqual([capture.packets, capture.bytes], [3, statSync(path).size])
    assert.equal(capture.fault, undefined)
  })

  test('keeps whole what is longer than it writes at a time', () => {
    const capture = open({ maxBytes: 10 * maxBytes })
    const texts = Array.from({ length: 90 }, (_, at) => `${at}:${'x'.repeat(at * 100)}`)
    texts.push('y'.repeat(300_000), 'z:1|c')
    for (const text of texts) add(capture, text)
    capture.close()
    assert.deepEqual(readTexts(), texts)
  })

  test('does not become longer than it may', () => {
    const capture = open({ maxBytes: 1000 })
    for (let i = 0; i < 100; i += 1) add(capture, 'a'.repeat(60))
    capture.close()
    assert.match(capture.fault ?? '', /as long as it may become, 1000 bytes$/)
    assert.ok(statSync(path).size <= 1100 && capture.packets === readTexts().length)
    assert.ok(capture.packets > 8)
  })

  test('says that the disk is full', () => {
    const capture = open({ path: '/dev/full' })
    add(capture, 'a:1|c')
    capture.close()
    assert.match(capture.fault ?? '', /cannot be written: ENOSPC/)
  })

  test('refuses a file that is not there', () => {
    assert.throws(() => open({ path: join(folder, 'none.dog') }), { code: 'ENOENT' })
  })
})
