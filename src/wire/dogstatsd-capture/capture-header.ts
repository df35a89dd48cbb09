import { WireError } from '../wire-error.ts'

/** The version of the format that is written: times in nanoseconds, containers at the end of the file. */
const writtenVersion = 3

/** The high half of the fifth byte is part of the mark, the low half is the version. */
const mark = [0xd4, 0x74, 0xd0, 0x60, 0xf0, 0xff, 0x00, 0x00] as const
const versionAt = 4

export const captureHeaderBytes: number = mark.length

/** What a capture begins with. @see DataDog/datadog-agent, comp/dogstatsd/replay/impl/file_common.go */
export function encodeCaptureHeader(): Buffer {
  return Buffer.from(mark.map((byte, at) => (at === versionAt ? byte | writtenVersion : byte)))
}

/**
 * Version of the capture that begins with these bytes, 0 to 3.
 * @throws {WireError} If that is no capture, or one of a later version.
 */
export function decodeCaptureHeader(header: Uint8Array): number {
  const isCapture = mark.every((byte, at) =>
    at === versionAt ? ((header[at] ?? 0) & 0xf0) === byte : header[at] === byte,
  )
  if (!isCapture) {
    const seen = Buffer.from(header.subarray(0, captureHeaderBytes)).toString('hex')
    throw new WireError(`This is no capture of DogStatsD: it begins with ${seen || 'nothing'}`)
  }
  const version = (header[versionAt] ?? 0) & 0x0f
  if (version <= writtenVersion) return version
  throw new WireError(
    `Cannot read a capture of version ${version}: known are those up to ${writtenVersion}`,
  )
}
