import { open, rename, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Log } from '../telemetry/log.ts'
import { keepOwner } from './keep-owner.ts'

/** What is written down. */
export type AuditAction =
  | 'sign-in'
  | 'sign-in-failed'
  | 'sign-out'
  | 'password-changed'
  | 'key-created'
  | 'key-revoked'
  | 'user-added'
  | 'user-changed'
  | 'user-removed'
  | 'token-created'
  | 'token-revoked'

/** Who does something, and from where. */
export interface Actor {
  readonly name: string
  /** Absent for a command on the machine itself. */
  readonly address?: string
}

/** One thing that was done. */
export interface AuditRecord {
  readonly action: AuditAction
  readonly by: Actor
  /** Whom or what it was done to; never a secret. */
  readonly subject: string
}

/** A line of the record, as it is read again. */
export interface AuditLine {
  /** Unix milliseconds. */
  readonly time: number
  readonly action: string
  readonly by: string
  readonly subject: string
  readonly address: string | null
}

/** Who signed in and who changed what. */
export interface AuditLog {
  /** Resolves once it is written. Never rejects: what cannot be written down is told to the log of the server. */
  readonly write: (record: AuditRecord) => Promise<void>
  /** The newest, at most 1,000, newest first. */
  readonly newest: (limit: number) => Promise<readonly AuditLine[]>
}

export interface AuditOptions {
  readonly folder: string
  readonly log: Log
  readonly clock: () => number
  /** Only the server does, so that no two processes do at once; commands only add a line. */
  readonly rotates: boolean
  readonly maxBytes?: number
}

const defaultMaxBytes = 10 * 1024 * 1024
/** Holds more than 1,000 lines of the longest kind. */
const readBytes = 2 * 1024 * 1024
const maxText = 200

/** Opens `audit.jsonl`, one JSON object a line, only ever added to; at 10 MiB it becomes `audit.jsonl.1`, in place of the one before. */
export function openAuditLog(options: AuditOptions): AuditLog {
  const { folder, log, clock } = options
  const path = join(folder, 'audit.jsonl')
  let last: Promise<void> = Promise.resolve()

  async function append(line: string): Promise<void> {
    try {
      if (options.rotates) await rotate(path, options.maxBytes ?? defaultMaxBytes)
      await appendLine(path, line)
    } catch (error) {
      log.error({ err: error, line }, `Cannot write to ${path}, which tells who signed in`)
    }
  }
  return {
    write({ action, by, subject }) {
      const { name, address = null } = by
      const line = toLine({ time: clock(), action, by: name, subject, address })
      last = last.then(() => append(line))
      return last
    },
    async newest(limit) {
      await last
      const lines = [...(await readEnd(`${path}.1`)), ...(await readEnd(path))]
      return lines.slice(-limit).toReversed()
    },
  }
}

async function rotate(path: string, maxBytes: number): Promise<void> {
  const found = await stat(path).catch(() => undefined)
  if (found !== undefined && found.size >= maxBytes) await rename(path, `${path}.1`)
}

async function appendLine(path: string, line: string): Promise<void> {
  const file = await open(path, 'a', 0o600)
  try {
    const { size } = await file.stat()
    await file.writeFile(line)
    if (size === 0) await keepOwner(path)
  } finally {
    await file.close()
  }
}

/** JSON leaves these as they are; a terminal or an editor would obey them, or show the line in another order. */
const obeyed = /[\u007F-\u009F\u200B-\u200F\u2028-\u202E\u2060-\u2069\uFEFF]/g

function toLine(line: AuditLine): string {
  const short = { ...line, by: line.by.slice(0, maxText), subject: line.subject.slice(0, maxText) }
  const text = JSON.stringify(short).replaceAll(
    obeyed,
    (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )
  return `${text}\n`
}

async function readEnd(path: string): Promise<readonly AuditLine[]> {
  const file = await open(path, 'r').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return undefined
    throw error
  })
  if (file === undefined) return []
  try {
    const { size } = await file.stat()
    const start = Math.max(0, size - readBytes)
    const { buffer, bytesRead } = await file.read({
      buffer: Buffer.alloc(size - start),
      position: start,
    })
    const lines = buffer.subarray(0, bytesRead).toString().split('\n')
    // The first may be the rest of one.
    return (start === 0 ? lines : lines.slice(1)).flatMap(parseLine)
  } finally {
    await file.close()
  }
}

/** A line that was cut off, or was written by hand, is passed over. */
function parseLine(text: string): readonly AuditLine[] {
  try {
    const { time, action, by, subject, address }: Record<string, unknown> = Object(JSON.parse(text))
    if (typeof time !== 'number' || typeof action !== 'string') return []
    const from = typeof address === 'string' ? address : null
    return [{ time, action, by: String(by), subject: String(subject), address: from }]
  } catch {
    return []
  }
}
