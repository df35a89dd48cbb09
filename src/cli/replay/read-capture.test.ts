import assert from 'node:assert/strict'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { after, before, describe, test } from 'node:test'
import { zstdCompressSync } from 'node:zlib'
import { encodeCaptureHeader } from '../../wire/dogstatsd-capture/capture-header.ts'
import { PacketRecords } from '../../wire/dogstatsd-capture/packet-records.ts'
import { summariseCapture } from './read-capture.ts'

const count = 20_000
const end = Buffer.alloc(8)

let folder = ''
before(() => {
  folder = mkdtempSync(join(tmpdir(), 'vigie-read-'))
})
after(() => rmSync(folder, { recursive: true }))

/** Packets that differ enough to fill several blocks of a compressed file, 1 ms apart. */
function makeCapture(): Buffer {
  const records = new PacketRecords(1024)
  for (let i = 0; i < count; i += 1) {
    const memory = Buffer.from(`metric.${Math.imul(i, 2_654_435_761) >>> 0}:${i}|c`)
    records.append({ memory, from: 0, to: memory.length, pid: 0, timeMs: 1_700_000_000_000 + i })
  }
  return Buffer.concat([encodeCaptureHeader(), records.bytes, end])
}

function write(bytes: Uint8Array): string {
  const path = join(folder, 'a.dog')
  writeFileSync(path, bytes)
  return path
}

describe('summariseCapture()', () => {
  const capture = makeCapture()
  const compressed = zstdCompressSync(capture)

  for (const [what, bytes] of Object.entries({ plain: capture, compressed })) {
    test(`adds up a ${what} capture`, async () => {
      const summary = await summariseCapture(write(bytes))
      assert.deepEqual([summary.packets, summary.isCut], [count, false])
      assert.ok(Math.abs(summary.spanMs - (count - 1)) < 0.01)
    })
  }

  test('reads what there is of a compressed capture that was cut', async () => {
    const summary = await summariseCapture(
      write(compressed.subarray(0, Math.floor(compressed.length * 0.7))),
    )
    assert.equal(summary.isCut, true)
    assert.ok(summary.packets > count / 4 && summary.packets < count)
  })

  test('refuses a compressed capture that is damaged, in one sentence', async () => {
    const damaged = Buffer.from(compressed)
    damaged.fill(0xff, 1000, 1100)
    await assert.rejects(summariseCapture(write(damaged)), {
      name: 'CaptureError',
      message: /^Cannot replay .*a\.dog: [^\n]+$/,
    })
  })

  test('does not fill the memory with a small file that becomes a large one', async () => {
    const bomb = zstdCompressSync(Buffer.concat([encodeCaptureHeader(), Buffer.alloc(2 ** 26)]))
    assert.ok(bomb.length < 10_000)
    await assert.rejects(summariseCapture(write(bomb)), /bytes stand behind its packets$/)
  })
})
