import { createReadStream, createWriteStream } from 'node:fs'
import { appendFile, stat, unlink } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { createZstdCompress } from 'node:zlib'
import type { Tagger } from '../../../component/tagger.ts'
import {
  encodeState,
  type CapturedContainer,
  type CaptureState,
} from '../../../wire/dogstatsd-capture/capture-state.ts'

/** What becomes of a capture whose packets are all written. */
export interface CaptureFinish {
  readonly path: string
  readonly state: CaptureState
  readonly isCompressed: boolean
  /** Aborts when there is no time to compress it. */
  readonly signal: AbortSignal
}

/** The file as it is left. */
export interface FinishedCapture {
  readonly path: string
  readonly bytes: number
  /** Why it is not compressed, though it was to be. */
  readonly fault?: string
}

/** What is known of the containers that sent something, to be read again with the capture. */
export function describeSenders(
  containerIds: ReadonlyMap<number, string>,
  tagger: Tagger,
  durationMs: number,
): CaptureState {
  const containers = Array.from(new Set(containerIds.values()), (id) => describeOne(id, tagger))
  return { containerIds, containers: containers.filter((one) => one !== undefined), durationMs }
}

function describeOne(id: string, tagger: Tagger): CapturedContainer | undefined {
  const low = tagger.tagsOf(id, 'low')
  if (low === undefined) return undefined
  const upToOrchestrator = tagger.tagsOf(id, 'orchestrator') ?? low
  const upToHigh = tagger.tagsOf(id, 'high') ?? upToOrchestrator
  return {
    id,
    tags: {
      low,
      orchestrator: upToOrchestrator.filter((tag) => !low.includes(tag)),
      high: upToHigh.filter((tag) => !upToOrchestrator.includes(tag)),
    },
  }
}

/**
 * Adds the senders to the capture and compresses it as a whole. A capture that cannot be compressed stays as it is: it can be
 * read as well.
 * @throws {NodeJS.ErrnoException} When the senders cannot be added; the packets are there.
 */
export async function finishCapture({
  path,
  state,
  isCompressed,
  signal,
}: CaptureFinish): Promise<FinishedCapture> {
  const senders = encodeState(state)
  const length = Buffer.alloc(4)
  length.writeUInt32LE(senders.length)
  await appendFile(path, Buffer.concat([Buffer.alloc(4), senders, length]))
  if (!isCompressed) return describeFile(path)
  const compressedPath = `${path}.zstd`
  try {
    const target = createWriteStream(compressedPath, { flags: 'wx', mode: 0o600 })
    await pipeline(createReadStream(path), createZstdCompress(), target, { signal })
    await unlink(path)
    return await describeFile(compressedPath)
  } catch (error) {
    await unlink(compressedPath).catch(() => {})
    const seen = error instanceof Error ? error.message : String(error)
    return { ...(await describeFile(path)), fault: `It could not be compressed: ${seen}` }
  }
}

async function describeFile(path: string): Promise<FinishedCapture> {
  return { path, bytes: (await stat(path)).size }
}
