const magic = 0xfd2fb528
const dictionaryIdBytes = [0, 1, 2, 4]

/**
 * How many bytes the first frame says it becomes; undefined when it does not say, or is no frame of zstd.
 * @see RFC 8878, section 3.1.1.1, "Frame_Header"
 */
export function readContentBytes(wire: Buffer): number | undefined {
  if (wire.length < 18 || wire.readUInt32LE(0) !== magic) return undefined
  const descriptor = wire.readUInt8(4)
  const isSingleSegment = (descriptor & 0x20) !== 0
  const start = 5 + (isSingleSegment ? 0 : 1) + (dictionaryIdBytes[descriptor & 3] ?? 0)
  switch (descriptor >> 6) {
    case 1:
      return wire.readUInt16LE(start) + 256
    case 2:
      return wire.readUInt32LE(start)
    case 3:
      return Number(wire.readBigUInt64LE(start))
    default:
      return isSingleSegment ? wire.readUInt8(start) : undefined
  }
}
