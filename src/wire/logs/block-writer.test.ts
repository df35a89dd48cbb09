import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { LogBlock, LogOrigin } from '../../model/log-block.ts'
import { BlockWriter } from './block-writer.ts'

const web: LogOrigin = {
  host: 'h',
  containerId: 'a'.repeat(64),
  containerName: 'web',
  image: 'nginx:1',
  service: 'web',
  source: 'nginx',
  tags: ['a:b'],
}
const db: LogOrigin = { ...web, containerName: 'db' }

describe('BlockWriter', () => {
  test('gives the lines as columns with offsets that begin with 0', () => {
    const writer = new BlockWriter({ messageBytes: 100, lines: 4 })
    writer.begin(web, 7n)
    append(writer, 'héllo', { timeNs: 3n, position: 12, output: 2, level: 5 })
    append(writer, '', { attributes: '{"a":"é"}' })
    const block = writer.take()
    assert.deepEqual(textsOf(block), ['héllo', ''])
    assert.deepEqual([...block.messageOffsets], [0, 6, 6])
    assert.deepEqual([...block.attributeOffsets], [0, 0, 10])
    assert.equal(Buffer.from(block.attributes).toString(), '{"a":"é"}')
    assert.deepEqual([...block.timesNs], [3n, 0n])
    assert.deepEqual([...block.positions], [12, 0])
    assert.deepEqual([...block.levels], [5, 0])
    assert.deepEqual([...block.outputs], [2, 0])
    assert.deepEqual(block.runs, [{ origin: web, fileId: 7n, lineCount: 2 }])
  })

  test('makes a run of each change of origin or file, and none without lines', () => {
    const writer = new BlockWriter({ messageBytes: 100, lines: 10 })
    writer.begin(db, 1n)
    writer.begin(web, 1n)
    append(writer, '1')
    writer.begin(web, 1n)
    append(writer, '2')
    writer.begin(web, 2n)
    append(writer, '3')
    writer.begin(db, 2n)
    assert.deepEqual(runsOf(writer.take()), ['web 1 2', 'web 2 1'])
  })

  test('goes on with the same origin in the next block', () => {
    const writer = new BlockWriter({ messageBytes: 100, lines: 10 })
    writer.begin(web, 1n)
    append(writer, '1')
    writer.take()
    append(writer, '2')
    const block = writer.take()
    assert.deepEqual(runsOf(block), ['web 1 1'])
    assert.deepEqual(textsOf(block), ['2'])
  })

  test('is full by lines, by messages and by attributes', () => {
    const writer = new BlockWriter({ messageBytes: 10, lines: 3 })
    writer.begin(web, 1n)
    append(writer, '123456789')
    assert.equal(writer.isFull, false)
    append(writer, '0')
    assert.equal(writer.messageBytes, 10)
    assert.equal(writer.isFull, true)
    writer.take()
    append(writer, '')
    append(writer, '')
    assert.equal(writer.isFull, false)
    append(writer, '')
    assert.equal(writer.isFull, true)
    writer.take()
    append(writer, '', { attributes: '{"12":"34"}' })
    assert.equal(writer.isFull, true)
  })

  test('grows for a line, for attributes and for lines beyond its limits', () => {
    const writer = new BlockWriter({ messageBytes: 10, lines: 1 })
    writer.begin(web, 1n)
    const long = 'x'.repeat(300_000)
    append(writer, 'first')
    append(writer, long, { attributes: `{"a":"${long}"}` })
    append(writer, 'last', { timeNs: 9n })
    const block = writer.take()
    assert.deepEqual(textsOf(block), ['first', long, 'last'])
    assert.deepEqual([...block.timesNs], [0n, 0n, 9n])
    assert.equal(block.attributes.length, 300_008)
  })

  test('fills the memory of a block again once that was given back, and not before', () => {
    const writer = new BlockWriter({ messageBytes: 100, lines: 10 })
    writer.begin(web, 1n)
    append(writer, 'one', { attributes: '{}' })
    const first = writer.take()
    append(writer, 'two')
    writer.reuse(first)
    writer.reuse(first)
    const second = writer.take()
    append(writer, 'three')
    const third = writer.take()
    append(writer, 'four')
    const fourth = writer.take()
    assert.deepEqual([second, third, fourth].map(textsOf), [['two'], ['three'], ['four']])
    assert.equal(third.messages.buffer, first.messages.buffer)
    assert.deepEqual([...third.attributeOffsets], [0, 0])
    assert.notEqual(fourth.messages.buffer, third.messages.buffer)
  })
})

interface More {
  timeNs?: bigint
  position?: number
  output?: number
  level?: number
  attributes?: string
}

function append(writer: BlockWriter, text: string, more: More = {}): void {
  const { timeNs = 0n, position = 0, output = 0, level = 0, attributes = '' } = more
  const bytes = Buffer.from(`<${text}>`)
  const line = { bytes, start: 1, end: bytes.length - 1, timeNs, position, output }
  writer.append(line, level, attributes)
  bytes.fill(0)
}

function textsOf(block: LogBlock): string[] {
  return Array.from({ length: block.lineCount }, (_, index) =>
    Buffer.from(
      block.messages.subarray(block.messageOffsets[index], block.messageOffsets[index + 1]),
    ).toString(),
  )
}

function runsOf(block: LogBlock): string[] {
  return block.runs.map((run) => `${run.origin.containerName} ${run.fileId} ${run.lineCount}`)
}
