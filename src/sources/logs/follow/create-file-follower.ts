import { openLibc, type LibcOpening } from '../../../libc/libc.ts'
import { ChangeWatch } from './change-watch.ts'
import { createFileBudget } from './file-budget.ts'
import type { FileFollower, FollowOptions } from './follow.ts'
import { FollowedFile } from './followed-file.ts'
import { ReadLoop } from './read-loop.ts'
import { Settling } from './settling.ts'
import { Sweep, type Swept } from './sweep.ts'
import { WatchedFolder } from './watched-folder.ts'
import { WatchedPattern } from './watched-pattern.ts'

/** Longest period of the sweep where nothing else tells that a file grew. */
const blindPeriodMs = 1000

/**
 * Follows files by inotify; where it cannot be had, by the sweep alone, which then comes at least once a second. `watchFiles`
 * throws a `GlobError` for a pattern that cannot be read; `watchFolder` does not tell of what is there at the beginning.
 */
export function createFileFollower(
  options: FollowOptions,
  opening: LibcOpening = openLibc(),
): FileFollower {
  const { openFilesLimit, scanPeriodMs, aggregationTimeoutMs, room, nowMs } = options
  const watch = openWatch(opening, () => sweep.now())
  const sweep = new Sweep(
    watch === undefined ? Math.min(blindPeriodMs, scanPeriodMs) : scanPeriodMs,
  )
  const loop = new ReadLoop({ room, watch })
  const settling = new Settling({ timeoutMs: aggregationTimeoutMs, nowMs, room })
  const budget = createFileBudget(openFilesLimit)
  const open = new Set<{ close(): void }>()
  const onClosed = (closed: { close(): void }): void => {
    open.delete(closed)
  }
  const around = { options, budget, watch, loop, sweep, settling, onClosed }
  const keepSwept = (swept: Swept & { close(): void }): { close(): void } => {
    sweep.add(swept)
    const kept = {
      close: () => {
        sweep.remove(swept)
        swept.close()
        onClosed(kept)
      },
    }
    open.add(kept)
    return kept
  }
  return {
    follow: (request) => {
      const file = new FollowedFile(request, around)
      open.add(file)
      return file
    },
    watchFiles: ({ path, exclude }, onFiles) =>
      keepSwept(new WatchedPattern({ path, exclude, watch, onFiles })),
    watchFolder: (path, onEntry) => keepSwept(new WatchedFolder(path, onEntry, watch)),
    openFiles: budget.openFiles,
    close: () => {
      for (const closable of open) closable.close()
      loop.close()
      sweep.close()
      settling.close()
      watch?.close()
    },
  }
}

function openWatch(opening: LibcOpening, onOverflow: () => void): ChangeWatch | undefined {
  if (opening.kind === 'absent') return undefined
  try {
    return new ChangeWatch(opening.libc, onOverflow)
  } catch {
    return undefined
  }
}
