import { hash } from 'node:crypto'
import { readSync } from 'node:fs'

/** The beginning of a file, by which it is known. */
export interface FileHead {
  /** The first line, or as much of it as counts. */
  readonly bytes: Buffer
  /** Whether the line is there to its end, or as far as it counts: it stays the same for the life of the file. */
  readonly isWhole: boolean
}

/** Of lines without a time no more is looked at, as by Datadog's `line_checksum`. */
const plainHeadBytes = 1024
/**
 * Docker writes the time behind the text, which is 16 KiB at most, each byte of it up to 6 characters of JSON.
 * @see https://github.com/moby/moby/blob/master/daemon/logger/copier.go
 */
const timedHeadBytes = 128 * 1024
const frameHeaderBytes = 4
const lowHalf = 0xffff_ffffn
const scratch = Buffer.allocUnsafeSlow(timedHeadBytes)

/** Reads the first line through an open descriptor. @throws {Error} As `readSync` does. */
export function readHead(descriptor: number, hasTimedLines: boolean): FileHead {
  const length = readSync(descriptor, scratch, 0, plainHeadBytes, 0)
  const head = cutHead(scratch.subarray(0, length), hasTimedLines)
  if (head.isWhole || length < plainHeadBytes) return head
  return cutHead(scratch.subarray(0, readSync(descriptor, scratch, 0, timedHeadBytes, 0)), true)
}

/** The first line of what a file begins with, in memory of its own. */
export function cutHead(bytes: Buffer, hasTimedLines: boolean): FileHead {
  const limit = hasTimedLines ? timedHeadBytes : plainHeadBytes
  const length = Math.min(limit, firstLineBytes(bytes, hasTimedLines))
  return { bytes: Buffer.from(bytes.subarray(0, length)), isWhole: length <= bytes.length }
}

/**
 * A number of 64 bits that tells the files of one origin apart, the same after a restart; never 0.
 *
 * With timed lines it comes of the first line alone, so that a compressed copy has it too: two files of one container never
 * begin with the same nanosecond. Otherwise one half comes of the inode and the other of the first line, up to 1 KiB, 0 as
 * long as it is not whole. What this cannot tell: a file without times that is cut to nothing and begins with the same
 * line again, or a new one that has both the freed inode and the first line of the one before. The device does not count,
 * since many are numbered anew at each start of the machine.
 */
export function makeFileId(inode: bigint, head: FileHead, hasTimedLines: boolean): bigint {
  if (hasTimedLines) return atLeastOne(hashBytes(head.bytes))
  const line = head.isWhole ? atLeastOne(hashBytes(head.bytes) & lowHalf) : 0n
  return atLeastOne(((hashBytes(Buffer.from(String(inode))) & lowHalf) << 32n) | line)
}

/** Whether a file is the one that had the id `kept`, when it may not have had its whole first line yet. */
export function isSameFile(kept: bigint, now: bigint, hasTimedLines: boolean): boolean {
  if (kept === now) return true
  return !hasTimedLines && (kept & lowHalf) === 0n && kept >> 32n === now >> 32n
}

/** Whether a file may be a copy, compressed or not, of the one that had the id `kept`: its first line is the same. */
export function isCopy(kept: bigint, now: bigint, hasTimedLines: boolean): boolean {
  if (hasTimedLines) return kept === now
  return (kept & lowHalf) === (now & lowHalf) && (now & lowHalf) !== 0n
}

/** Length of the first line with its end; more than there is when it is not whole. */
function firstLineBytes(bytes: Buffer, hasTimedLines: boolean): number {
  // Docker's driver `local` has frames, whose length comes first; a line of text does not begin with a zero.
  if (hasTimedLines && bytes[0] === 0 && bytes.length >= frameHeaderBytes) {
    return frameHeaderBytes + bytes.readUInt32BE(0)
  }
  const end = bytes.indexOf(0x0a)
  return end < 0 ? Infinity : end + 1
}

function hashBytes(bytes: Buffer): bigint {
  return hash('sha256', bytes, 'buffer').readBigUInt64LE()
}

function atLeastOne(value: bigint): bigint {
  return value === 0n ? 1n : value
}
