import { compress, type Compressed, type CompressOptions } from '../forwarder/compress.ts'

/** How one kind of items becomes bodies. */
export interface Packing<Item> {
  /** All of them as one body. */
  readonly encode: (items: readonly Item[]) => Buffer
  readonly compression: CompressOptions
  readonly limits: {
    readonly items: number
    /** Before and after compression. */
    readonly bytes: number
    readonly compressedBytes: number
  }
  /** An item that alone is too long for a body. */
  readonly onTooLong: (item: Item) => void
}

/** A body with its items counted. */
export interface Packed extends Compressed {
  readonly count: number
}

/**
 * Encodes and compresses items in as few bodies as the limits allow; what turns out too long is halved. An item that alone
 * is too long is left out.
 */
export async function packItems<Item>(
  items: readonly Item[],
  packing: Packing<Item>,
): Promise<readonly Packed[]> {
  const { limits, onTooLong } = packing
  if (items.length === 0) return []
  const packed = items.length <= limits.items ? await packWhole(items, packing) : undefined
  if (packed !== undefined) return [packed]
  const [first] = items
  if (items.length === 1 && first !== undefined) {
    onTooLong(first)
    return []
  }
  const middle = items.length > limits.items ? limits.items : Math.ceil(items.length / 2)
  return [
    ...(await packItems(items.slice(0, middle), packing)),
    ...(await packItems(items.slice(middle), packing)),
  ]
}

async function packWhole<Item>(
  items: readonly Item[],
  { encode, compression, limits }: Packing<Item>,
): Promise<Packed | undefined> {
  const plain = encode(items)
  if (plain.length > limits.bytes) return undefined
  const compressed = await compress(plain, compression)
  if (compressed.body.length > limits.compressedBytes) return undefined
  return { ...compressed, count: items.length }
}
