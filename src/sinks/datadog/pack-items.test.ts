import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { describe, test } from 'node:test'
import { gunzipSync, inflateSync, zstdDecompressSync } from 'node:zlib'
import { packItems, type Packing } from './pack-items.ts'

const wide = { items: 1000, bytes: 1_000_000, compressedBytes: 1_000_000 }

/** Texts, one a line. */
function makePacking(change: Partial<Packing<string>> = {}): Packing<string> {
  return {
    encode: (items) => Buffer.from(items.join('\n')),
    compression: { compression: 'none', compressionLevel: 1 },
    limits: wide,
    onTooLong: (item) => assert.fail(`too long: ${item}`),
    ...change,
  }
}

const letters = Array.from('abcdefghij')

async function packed(packing: Packing<string>, items = letters): Promise<readonly string[]> {
  const bodies = await packItems(items, packing)
  return bodies.map(({ body, count }) => {
    const text = body.toString()
    assert.equal(text.split('\n').length, count)
    return text.replaceAll('\n', '')
  })
}

describe('packItems()', () => {
  for (const [compression, decompress] of [
    ['zstd', zstdDecompressSync],
    ['deflate', inflateSync],
    ['gzip', gunzipSync],
    ['none', (body: Buffer) => body],
  ] as const)
    test(`compresses with ${compression}, and says so`, async () => {
      const compressionLevel = 3
      const packing = makePacking({ compression: { compression, compressionLevel } })
      const [body] = await packItems(letters, packing)
      assert.equal(body?.contentEncoding, compression === 'none' ? undefined : compression)
      assert.equal(decompress(body?.body ?? Buffer.alloc(0)).toString(), letters.join('\n'))
    })

  test('begins a new body after so many items', async () => {
    assert.deepEqual(await packed(makePacking({ limits: { ...wide, items: 4 } })), [
      'abcd',
      'efgh',
      'ij',
    ])
  })

  test('halves what is too long before it is compressed', async () => {
    const bodies = await packed(makePacking({ limits: { ...wide, bytes: 7 } }))
    assert.deepEqual(bodies, ['abc', 'de', 'fgh', 'ij'])
  })

  test('halves what is too long once it is compressed, by its real length', async () => {
    const noise = Array.from({ length: 64 }, () => randomBytes(500).toString('hex'))
    const limits = { ...wide, compressedBytes: 10_000 }
    const compression = { compression: 'zstd', compressionLevel: 1 } as const
    const bodies = await packItems(noise, makePacking({ limits, compression }))
    assert.ok(bodies.length > 3)
    for (const { body } of bodies) assert.ok(body.length <= 10_000)
    const texts = bodies.map(({ body }) => zstdDecompressSync(body).toString())
    assert.deepEqual(texts.join('\n').split('\n'), noise)
  })

  test('leaves out the one that alone is too long, and tells which', async () => {
    const left: string[] = []
    const packing = makePacking({
      limits: { ...wide, bytes: 10 },
      onTooLong: (item) => left.push(item),
    })
    const items = ['a', 'b', 'x'.repeat(11), 'c']
    assert.deepEqual(await packed(packing, items), ['ab', 'c'])
    assert.deepEqual(left, ['x'.repeat(11)])
  })

  test('makes no body of nothing', async () => {
    assert.deepEqual(await packItems([], makePacking()), [])
  })
})
