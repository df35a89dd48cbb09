import { z } from 'zod'
import type { BegunFile } from '../beyond.ts'
import type { KeptState } from '../delivery.ts'
import type { Tally } from '../tally.ts'

const count = z.number().int().nonnegative()
const fileId = z.string().regex(/^\d{1,20}$/)

const tally = z.object({
  ReadLines: count,
  HandedLines: count,
  DroppedLines: count,
  TruncatedLines: count,
  ReadBytes: count,
  LostBytes: count,
  Rotations: count,
})

/** What an entry of the pointer file has of ours beside Datadog's fields, whose reader leaves it out. */
export const ownFields = tally.extend({
  FileId: fileId,
  RefusedLines: count,
  SentBytes: count,
  UnansweredLines: count.default(0),
  /** Where nothing was read beyond what is settled, both are left out. */
  Begun: z.array(tally.extend({ FileId: fileId })).default([]),
  Shipped: tally.optional(),
})

export type OwnFields = z.input<typeof ownFields>

/** Our own part of what an entry tells. */
type OwnState = Omit<KeptState, 'name' | 'at'> & { readonly fileId: bigint }

/** What a Datadog Agent leaves: the file is not known, and nothing was counted. */
export const noOwnFields: z.output<typeof ownFields> = {
  FileId: '0',
  ReadLines: 0,
  HandedLines: 0,
  DroppedLines: 0,
  TruncatedLines: 0,
  RefusedLines: 0,
  ReadBytes: 0,
  SentBytes: 0,
  LostBytes: 0,
  Rotations: 0,
  UnansweredLines: 0,
  Begun: [],
}

/** The fields of a state. */
export function writeOwnFields(state: KeptState): OwnFields {
  const { at, begun, shipped } = state
  return {
    FileId: 'since' in at ? '0' : String(at.fileId),
    ...writeTally(state),
    RefusedLines: state.refusedLines,
    SentBytes: state.sentBytes,
    UnansweredLines: state.unansweredLines,
    ...(begun.length > 0 && { Begun: begun.map(writeBegun) }),
    ...(shipped !== undefined && { Shipped: writeTally(shipped) }),
  }
}

/** What the fields say. */
export function readOwnFields(own: z.output<typeof ownFields>): OwnState {
  return {
    fileId: BigInt(own.FileId),
    ...readTally(own),
    refusedLines: own.RefusedLines,
    sentBytes: own.SentBytes,
    unansweredLines: own.UnansweredLines,
    begun: own.Begun.map((file) => ({ fileId: BigInt(file.FileId), ...readTally(file) })),
    shipped: own.Shipped && readTally(own.Shipped),
  }
}

function writeBegun(file: BegunFile): z.input<typeof tally> & { FileId: string } {
  return { FileId: String(file.fileId), ...writeTally(file) }
}

function writeTally({ counts, readBytes, lostBytes, rotations }: Tally): z.input<typeof tally> {
  return {
    ReadLines: counts.readLines,
    HandedLines: counts.handedLines,
    DroppedLines: counts.droppedLines,
    TruncatedLines: counts.truncatedLines,
    ReadBytes: readBytes,
    LostBytes: lostBytes,
    Rotations: rotations,
  }
}

function readTally(fields: z.output<typeof tally>): Tally {
  return {
    counts: {
      readLines: fields.ReadLines,
      handedLines: fields.HandedLines,
      droppedLines: fields.DroppedLines,
      truncatedLines: fields.TruncatedLines,
    },
    readBytes: fields.ReadBytes,
    lostBytes: fields.LostBytes,
    rotations: fields.Rotations,
  }
}
