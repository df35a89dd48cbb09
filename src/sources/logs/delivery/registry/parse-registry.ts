import { z } from 'zod'
import type { KeptState } from '../delivery.ts'
import { noOwnFields, ownFields, readOwnFields } from './own-fields.ts'
import { makeEntry, type RegistryEntry } from './registry-entry.ts'

/** What a pointer file says. */
export interface ParsedRegistry {
  /** By the names of their origins. */
  readonly entries: Map<string, RegistryEntry>
  /** Number of the first journal whose lines are newer; `undefined` when another agent wrote it. */
  readonly journal: number | undefined
}

const entryV2 = z.looseObject({
  LastUpdated: z.string(),
  Offset: z.string(),
  Vigie: ownFields.optional().catch(undefined),
})
const entryV1 = z.looseObject({
  LastUpdated: z.string(),
  Timestamp: z.string().default(''),
  Offset: z.number().int().default(0),
})
const entryV0 = z.looseObject({ Timestamp: z.string(), Offset: z.number().int() })

const entriesV2 = z.record(z.string(), entryV2)

const file = z.discriminatedUnion('Version', [
  z.object({ Version: z.literal(0), Registry: z.record(z.string(), entryV0) }),
  z.object({ Version: z.literal(1), Registry: z.record(z.string(), entryV1) }),
  z.object({
    Version: z.literal(2),
    VigieJournal: z.number().int().optional().catch(undefined),
    Registry: entriesV2,
  }),
])

/**
 * Reads a pointer file: one of ours, or of a Datadog Agent, in each of the versions
 * that there were. An origin that is not known by its file, but by an offset alone, has its place in the file 0.
 * @param nowMs Stands in for a time of change that cannot be read.
 * @throws {SyntaxError | z.ZodError} When it is no such file.
 * @see https://github.com/DataDog/datadog-agent/tree/main/comp/logs/auditor/impl, `api_v0.go` to `api_v2.go`
 */
export function parseRegistry(text: string, nowMs: number): ParsedRegistry {
  const parsed = file.parse(JSON.parse(text))
  const journal = parsed.Version === 2 ? parsed.VigieJournal : undefined
  return { entries: toEntries(parsed, nowMs), journal }
}

/** The entries of a line of the journal; none where it is not whole. */
export function parseJournalLine(line: string, nowMs: number): Map<string, RegistryEntry> {
  try {
    return readEntries(entriesV2.parse(JSON.parse(line)), nowMs)
  } catch {
    return new Map()
  }
}

function toEntries(
  { Version: version, Registry: registry }: z.infer<typeof file>,
  nowMs: number,
): Map<string, RegistryEntry> {
  switch (version) {
    case 0:
      return convert(registry, nowMs, (path, { Timestamp, Offset }) => {
        return { name: `file:${path}`, updated: Timestamp, offset: textOf(Offset) }
      })
    case 1:
      return convert(registry, nowMs, (name, { LastUpdated, Timestamp, Offset }) => {
        return { name, updated: LastUpdated, offset: textOf(Offset) || Timestamp }
      })
    case 2:
      return readEntries(registry, nowMs)
  }
}

function readEntries(
  registry: z.infer<typeof entriesV2>,
  nowMs: number,
): Map<string, RegistryEntry> {
  return new Map(
    Object.entries(registry).map(([name, fields]) => [name, readEntry(name, fields, nowMs)]),
  )
}

/** What we cannot use stays as it is: another agent may want it. */
function readEntry(name: string, fields: z.infer<typeof entryV2>, nowMs: number): RegistryEntry {
  const { LastUpdated: updated, Offset: offset, Vigie: own } = fields
  return {
    state: toState({ name, offset, own }),
    updatedMs: toTimeMs(updated, nowMs),
    text: JSON.stringify(fields),
  }
}

/** Entries of an older version, as the newest has them; those without an offset are left out. */
function convert<T>(
  registry: Readonly<Record<string, T>>,
  nowMs: number,
  read: (key: string, entry: T) => { name: string; updated: string; offset: string },
): Map<string, RegistryEntry> {
  const entries = new Map<string, RegistryEntry>()
  for (const [key, fields] of Object.entries(registry)) {
    const { name, updated, offset } = read(key, fields)
    const state = toState({ name, offset })
    if (state !== undefined) entries.set(name, makeEntry(state, toTimeMs(updated, nowMs)))
  }
  return entries
}

function toTimeMs(text: string, nowMs: number): number {
  const timeMs = Date.parse(text)
  return Number.isNaN(timeMs) ? nowMs : timeMs
}

/** The older versions wrote 0 where there was none. */
function textOf(offset: number): string {
  return offset > 0 ? String(offset) : ''
}

/** Offsets are bytes or times; others, such as the cursors of a journal, are of no use here. */
function toState({
  name,
  offset,
  own = noOwnFields,
}: {
  name: string
  offset: string
  own?: z.output<typeof ownFields> | undefined
}): KeptState | undefined {
  const isPlace = /^\d{1,15}$/.test(offset)
  if (!isPlace && !/^\d{4}-\d\d-\d\dT/.test(offset)) return undefined
  const { fileId, ...state } = readOwnFields(own)
  const at = isPlace ? { fileId, offset: Number(offset) } : { since: offset }
  return { name, at, ...state }
}
