import { join } from 'node:path'
import { mkdir, stat, statfs, writeFile } from 'node:fs/promises'
import { ControlError, type ControlQuestion } from '../../../component/control.ts'
import { encodeCaptureHeader } from '../../../wire/dogstatsd-capture/capture-header.ts'

/** What somebody wants captured. */
export interface CapturePlan {
  readonly durationMs: number
  readonly isCompressed: boolean
  /** Folder that is there; absent for the agent's own. */
  readonly folder?: string
}

/** A capture's file with its header, and how long it may become. */
export interface CaptureFile {
  readonly path: string
  readonly maxBytes: number
}

const minDurationMs = 1
const maxDurationMs = 24 * 3_600_000
/** A capture takes no more of the disk than this, nor than half of what is free: compressing it needs the other half. */
const maxCaptureBytes = 1024 ** 3
const minCaptureBytes = 1024 ** 2

/** @throws {ControlError} */
export function readCapturePlan({ parameters }: ControlQuestion): CapturePlan {
  const durationMs = Number(parameters.get('duration_ms') ?? Number.NaN)
  if (!(durationMs >= minDurationMs && durationMs <= maxDurationMs)) {
    throw new ControlError(
      `A capture cannot take ${parameters.get('duration_ms') ?? 'no'} ms: allowed are up to 24 hours`,
    )
  }
  const folder = parameters.get('folder') ?? ''
  const isCompressed = parameters.get('compressed') !== 'false'
  return { durationMs, isCompressed, ...(folder !== '' && { folder }) }
}

/**
 * Makes the file, for this user alone, with its header.
 * @param ownFolder Made if it is missing; used where the plan names none.
 * @throws {ControlError} When the folder is missing or cannot be written to, or the disk is full.
 */
export async function createCaptureFile(
  plan: CapturePlan,
  ownFolder: string,
  nowMs: number,
): Promise<CaptureFile> {
  const folder = plan.folder ?? ownFolder
  const path = join(folder, `datadog-capture-${Math.floor(nowMs / 1000)}.dog`)
  try {
    if (plan.folder === undefined) await mkdir(folder, { recursive: true, mode: 0o700 })
    else if (!(await stat(folder)).isDirectory()) throw new Error('it is no folder')
    const maxBytes = await findRoom(folder)
    await writeFile(path, encodeCaptureHeader(), { flag: 'wx', mode: 0o600 })
    return { path, maxBytes }
  } catch (cause) {
    const seen = cause instanceof Error ? cause.message : String(cause)
    throw new ControlError(`Cannot write a capture to ${folder}: ${seen}`, { cause })
  }
}

async function findRoom(folder: string): Promise<number> {
  const { bavail, bsize } = await statfs(folder)
  const freeBytes = bavail * bsize
  const maxBytes = Math.min(maxCaptureBytes, Math.floor(freeBytes / 2))
  if (maxBytes < minCaptureBytes) throw new Error(`only ${freeBytes} bytes of its disk are free`)
  return maxBytes
}
