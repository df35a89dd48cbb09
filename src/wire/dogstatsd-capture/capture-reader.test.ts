import assert from 'node:assert/strict'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { encodeCaptureHeader } from './capture-header.ts'
import { CaptureReader } from './capture-reader.ts'
import { encodeState, type CaptureState } from './capture-state.ts'
import { PacketRecords } from './packet-records.ts'

/** Encoded by the Datadog Agent's own types, pkg/proto 0.85.1, each field filled, and framed as its writer does. */
const recorded = readFileSync(join(import.meta.dirname, 'cases/datadog-agent-7.dog'))
const containerId = '3726184226f5d3147c25fdeab5b60097e378e8a720503a5e19ecfdf29f869860'

interface ReadPacket {
  readonly timeMs: number
  readonly pid: number
  readonly text: string
}

/** Reads a whole capture that comes in pieces of `pieceBytes`. */
function read(bytes: Uint8Array, pieceBytes = bytes.length) {
  const reader = new CaptureReader()
  const packets: ReadPacket[] = []
  for (let at = 0; at < bytes.length; at += pieceBytes) {
    for (const { timeMs, pid, payload } of reader.read(bytes.subarray(at, at + pieceBytes))) {
      packets.push({ timeMs, pid, text: Buffer.from(payload).toString() })
    }
  }
  return { packets, end: reader.end() }
}

function makeCapture(payloads: readonly string[], state?: Buffer): Buffer {
  const records = new PacketRecords(16)
  for (const payload of payloads) {
    const memory = Buffer.from(payload)
    records.append({ memory, from: 0, to: memory.length, pid: 7, timeMs: 1_700_000_000_000 })
  }
  const parts = [encodeCaptureHeader(), records.bytes]
  if (state === undefined) return Buffer.concat(parts)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(state.length)
  return Buffer.concat([...parts, Buffer.alloc(4), state, length])
}

describe('CaptureReader', () => {
  for (const pieceBytes of [1, 7, 100, recorded.length]) {
    test(`reads what the Datadog Agent writes, ${pieceBytes} bytes at a time`, () => {
      const { packets, end } = read(recorded, pieceBytes)
      assert.deepEqual(
        packets.map(({ pid, text }) => ({ pid, text })),
        [
          { pid: 4242, text: 'shop.orders:1|c|#env:test,team:a\n' },
          // Its payload is longer than its payloadSize.
          { pid: 0, text: 'load:0.7|g' },
          { pid: 2_147_483_647, text: 'page.ms:12:15:11|d|@0.5\n_sc|db|0|m:all good, été' },
        ],
      )
      const times = packets.map(({ timeMs }) => timeMs - 1_700_000_000_000)
      for (const [at, expected] of [123.456789, 124, 150.000001].entries()) {
        assert.ok(Math.abs((times[at] ?? 0) - expected) < 0.001, `${times[at]} is not ${expected}`)
      }
      assert.deepEqual(end, {
        isCut: false,
        state: {
          containerIds: new Map([
            [4242, containerId],
            [2_147_483_647, containerId],
          ]),
          containers: [
            {
              id: containerId,
              tags: {
                low: ['docker_image:shop:2', 'image_name:shop'],
                orchestrator: ['task_name:shop'],
                high: [`container_id:${containerId}`, 'container_name:shop-1'],
              },
            },
          ],
          durationMs: 60_000,
        },
      })
    })
  }

  test('reads back what is written', () => {
    const payloads = ['a:1|c', '', 'x'.repeat(100_000), '\u0000\n|']
    const state: CaptureState = {
      containerIds: new Map([[12, 'abc']]),
      containers: [{ id: 'abc', tags: { low: ['a:b', 'é'], orchestrator: [], high: ['c:d'] } }],
      durationMs: 1500,
    }
    const { packets, end } = read(makeCapture(payloads, encodeState(state)), 1000)
    assert.deepEqual(
      packets,
      payloads.map((text) => ({ timeMs: 1_700_000_000_000, pid: 7, text })),
    )
    assert.deepEqual(end, { isCut: false, state })
  })

  test('reads seconds in version 2, and no containers in version 1', () => {
    const old = Buffer.concat([
      Buffer.from('d474d060f2ff0000', 'hex'),
      // A time of 5 s, the payload "a:1|g" and its size.
      Buffer.from('0b000000', 'hex'),
      Buffer.from('080510051a05', 'hex'),
      Buffer.from('a:1|g'),
    ])
    assert.deepEqual(read(old), {
      packets: [{ timeMs: 5000, pid: 0, text: 'a:1|g' }],
      end: { isCut: true },
    })
    old[4] = 0xf1
    assert.deepEqual(read(old).end, { isCut: false })
  })

  test('gives the packets before the place where a file is cut', () => {
    const whole = makeCapture(['a:1|c', 'b:2|c'], encodeState({ ...emptyState }))
    const lengths = new Set<number>()
    for (let length = 8; length < whole.length; length += 1) {
      const { packets, end } = read(whole.subarray(0, length))
      assert.equal(end.isCut, true)
      lengths.add(packets.length)
    }
    assert.deepEqual([...lengths], [0, 1, 2])
  })

  const hostile: Readonly<Record<string, readonly [string, RegExp]>> = {
    'an empty file': ['', /no capture of DogStatsD: it begins with nothing$/],
    'a few bytes': ['d474d0', /no capture of DogStatsD: it begins with d474d0$/],
    'something else': ['7f454c4602010100', /no capture of DogStatsD: it begins with 7f454c/],
    'a later version': ['d474d060f4ff0000', /version 4: known are those up to 3$/],
    'a record of 4 GiB': ['d474d060f3ff0000ffffffff', /byte 8: its length is 4294967295 bytes$/],
    'a payload beyond its record': [
      'd474d060f3ff0000030000001a7f61',
      /packet 1 at byte 12: .* a length is 127, 1 bytes are left$/,
    ],
    'a number without end': ['d474d060f3ff00000200000008ff', /packet 1 .* a number is cut off$/],
    'containers that make no sense': [
      'd474d060f3ff0000000000000aff0103000000',
      /containers of a capture: .* a length is 255/,
    ],
  }
  for (const [what, [hex, says]] of Object.entries(hostile)) {
    test(`refuses ${what} in one sentence`, () => {
      assert.throws(() => read(Buffer.from(hex, 'hex')), { name: 'WireError', message: says })
    })
  }

  test('sends nothing of a payload whose size is negative', () => {
    const record = Buffer.from('10ffffffffffffffffff011a0161', 'hex')
    const length = Buffer.of(record.length, 0, 0, 0)
    const { packets } = read(Buffer.concat([encodeCaptureHeader(), length, record]))
    assert.deepEqual(packets, [{ timeMs: 0, pid: 0, text: '' }])
  })

  test('does not keep what stands behind the packets without end', () => {
    const reader = new CaptureReader()
    const start = Buffer.concat([encodeCaptureHeader(), Buffer.alloc(4)])
    assert.deepEqual([...reader.read(start)], [])
    const piece = Buffer.alloc(1024 * 1024)
    const readMuch = (): void => {
      for (let i = 0; i < 20; i += 1) Array.from(reader.read(piece))
    }
    assert.throws(readMuch, /more than 16777216 bytes stand behind its packets/)
  })

  test('survives any bytes', () => {
    let seed = 1
    const next = (): number => (seed = (seed * 48_271) % 2_147_483_647)
    for (let round = 0; round < 2000; round += 1) {
      const bytes = Buffer.from(recorded)
      for (let i = 0; i <= round % 5; i += 1) bytes[8 + (next() % (bytes.length - 8))] = next()
      try {
        read(bytes, 1 + (next() % 300))
      } catch (error) {
        assert.ok(error instanceof Error && error.name === 'WireError', String(error))
      }
    }
  })
})

const emptyState: CaptureState = { containerIds: new Map(), containers: [], durationMs: 0 }
