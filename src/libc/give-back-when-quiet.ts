import { collectGarbage } from './collect-garbage.ts'
import { giveBackFreed } from './give-back-freed.ts'

const everyMs = 5000
/** Of the time; a collection holds everything up for a millisecond per megabyte. */
const quietRatio = 0.1
/** What memory has to have grown by to be worth it. */
const leastBytes = 24 * 1024 * 1024

/**
 * Gives back what a burst has left behind, once this thread has had little to do for 5 s: by itself V8 looks for garbage only when
 * more memory is asked for, and a server that nobody asks for anything keeps what its largest minute took.
 * @returns A function that ends it.
 */
export function giveBackWhenQuiet(): () => void {
  let before = performance.eventLoopUtilization()
  let keptBytes = 0
  const timer = setInterval(() => {
    const now = performance.eventLoopUtilization()
    const { utilization } = performance.eventLoopUtilization(now, before)
    before = now
    if (utilization > quietRatio || process.memoryUsage.rss() - keptBytes < leastBytes) return
    collectGarbage()
    giveBackFreed()
    keptBytes = process.memoryUsage.rss()
  }, everyMs)
  timer.unref()
  return () => clearInterval(timer)
}
