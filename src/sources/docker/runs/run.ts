import type { CgroupLife } from '../../../cgroup/lifetime/cgroup-life.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import type { Mention } from '../events/event-subjects.ts'
import type { Reading } from '../figures/reading.ts'

/** One run of a container that has not ended, as far as is known. */
export interface OpenRun {
  readonly containerId: string
  /** The time of the engine's `start`; where that was not seen, what the container itself says. */
  startedAtMs: number
  /** Whether only the container itself has said so: the time of its `start` is better, and can come yet. */
  isFromList: boolean
  /** When the start was noticed, monotonic milliseconds: a reading from before is of another run. */
  readonly noticedAtMs: number
  /** Whatever has told of it last. */
  mention: Mention
  wasOomKilled: boolean
}

/** How and when it ended. */
export interface RunEnd {
  readonly finishedAtMs: number
  readonly exitCode?: number
  /** Whether the agent was there to see it. */
  readonly wasSeen: boolean
}

/** One that has ended; what it used is added as it comes, and its exit code when the engine tells it late. */
export interface EndedRun extends OpenRun, RunEnd {
  finishedAtMs: number
  exitCode?: number
  /** When its end was noticed, monotonic milliseconds. */
  readonly endNoticedAtMs: number
  /** The last regular reading, where it is of this run. */
  readonly reading: Reading | undefined
  life: CgroupLife | undefined
}

/** A run as it is kept for the next start of the agent. */
export interface KeptRun {
  readonly id: string
  readonly startedAtMs: number
  readonly isFromList: boolean
  readonly name: string
  readonly image: string
}

/** The engine notes the start in the container, then tells it: so much later at most. */
const startLagMs = 5000
/** A container's own time is never later; this much is for rounding. */
const roundingMs = 50

/** Whether `run` is the one that its container says was started at `listedAtMs`. */
export function isSameStart({ startedAtMs, isFromList }: OpenRun, listedAtMs: number): boolean {
  if (isFromList) return startedAtMs === listedAtMs
  return listedAtMs <= startedAtMs + roundingMs && startedAtMs - listedAtMs <= startLagMs
}

/** A run of which only the container's own description tells. */
export function openFromList(container: EngineContainer, startedAtMs: number): OpenRun {
  const { id, name, image, labels } = container
  return {
    containerId: id,
    startedAtMs,
    isFromList: true,
    noticedAtMs: -Infinity,
    mention: {
      containerId: id,
      containerName: name,
      image,
      attributes: labels,
      timeNanos: BigInt(startedAtMs) * 1_000_000n,
    },
    wasOomKilled: container.wasOomKilled && container.finishedAtMs !== undefined,
  }
}

/** A run that another process has left open. */
export function reopen({ id, startedAtMs, isFromList, name, image }: KeptRun): OpenRun {
  return {
    containerId: id,
    startedAtMs,
    isFromList,
    noticedAtMs: -Infinity,
    mention: { containerId: id, containerName: name, image, attributes: {}, timeNanos: 0n },
    wasOomKilled: false,
  }
}
