import { constants, zstdDecompressSync } from 'node:zlib'
import { WireError } from '../wire-error.ts'

/** A message of Datadog's process agent without its frame. */
export interface ProcessMessage {
  /** Number of the message's type, such as `messageTypes.container`. */
  readonly type: number
  /** `unreadable`: compressed by a zstd from before 1.0, which nobody else reads. */
  readonly format: 'protobuf' | 'json' | 'unreadable'
  readonly body: Buffer
}

/** The types of message that are told apart here. */
export const messageTypes = {
  process: 12,
  answer: 23,
  realTime: 27,
  container: 39,
  containerRealTime: 40,
} as const

/** Bytes before the message, by the version that is the first of them. */
const headerLengths: Readonly<Record<number, number>> = { 1: 4, 2: 8, 3: 16 }
const encodings = { protobuf: 0, json: 1, zstd: 2, zstd1: 4, zstd1WithoutC: 5 } as const
/** Four times what an agent puts into one message at most. */
const maxBytes = 16 * 1024 * 1024
const zstdMagic = 0xfd2fb528

/**
 * Takes the frame off a message of `/api/v1/collector` or `/api/v1/container`: a header of 4, 8 or 16 bytes, by its
 * version, then protobuf, JSON, or protobuf in zstd.
 * @throws {WireError} When the header is none, the encoding is unknown, or the content is broken or longer than 16 MiB.
 * @see `process/message.go` of Datadog's agent-payload
 */
export function readMessage(bytes: Buffer): ProcessMessage {
  const [version = 0, encoding = 0, type = 0] = bytes
  const headerLength = headerLengths[version]
  if (headerLength === undefined || bytes.length < headerLength) {
    throw new WireError(
      `Cannot read the process message: its header has version ${version} and there are ${bytes.length} bytes; versions 1, 2 and 3 with 4, 8 and 16 bytes are known`,
    )
  }
  const content = bytes.subarray(headerLength)
  switch (encoding) {
    case encodings.protobuf:
      return { type, format: 'protobuf', body: content }
    case encodings.json:
      return { type, format: 'json', body: content }
    case encodings.zstd:
      if (!startsAsZstd(content)) return { type, format: 'unreadable', body: content }
      return { type, format: 'protobuf', body: decompress(content) }
    case encodings.zstd1:
    case encodings.zstd1WithoutC:
      return { type, format: 'protobuf', body: decompress(content) }
    default:
      throw new WireError(
        `Cannot read the process message: its encoding is ${encoding}; 0, 1, 2, 4 and 5 are known`,
      )
  }
}

function startsAsZstd(content: Buffer): boolean {
  return content.length >= 4 && content.readUInt32LE(0) === zstdMagic
}

/** The agent packs an empty message into no bytes at all. */
function decompress(content: Buffer): Buffer {
  if (content.length === 0) return content
  try {
    return zstdDecompressSync(content, {
      maxOutputLength: maxBytes,
      params: { [constants.ZSTD_d_windowLogMax]: 24 },
    })
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause)
    throw new WireError(`Cannot decompress the process message as zstd: ${seen}`, { cause })
  }
}
