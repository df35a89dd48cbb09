import { readFileSync, realpathSync } from 'node:fs'
import { setFlagsFromString } from 'node:v8'
import { giveBackFreed } from './give-back-freed.ts'
import { loadKoffi } from './load-koffi.ts'

/** `M_ARENA_MAX` of `<malloc.h>`. */
const arenaMaxParameter = -8
/** `M_MMAP_THRESHOLD` of `<malloc.h>`, and from what size on memory comes from the kernel and goes back to it by itself. */
const mmapThresholdParameter = -3
const mmapThresholdBytes = 128 * 1024
/** `MADV_DONTNEED` of `<sys/mman.h>`. */
const dontNeed = 4
/** Freed memory is given back this often: a second's batch leaves some megabytes behind, in pieces. */
const giveBackEveryMs = 15_000
/**
 * How far V8's heap may grow, over what is in use, before all of it is looked through. By itself V8 allows up to four times as
 * much, as it sees fit: an agent of 500 containers, which has 62 MB in use, then went from 180 MiB up to 310, in some runs.
 */
const heapGrowsBy = '--heap-growing-percent=50'
/** By then the start is over. */
const startTakesMs = 10_000

interface Calls {
  /** Gives back pages of a mapping; they are read from the file again when they are needed. */
  readonly dropPages: (mapping: Mapping) => void
}

/** A piece of this process's memory. */
export interface Mapping {
  readonly address: bigint
  readonly sizeBytes: number
}

/**
 * Keeps the resident memory of this process small: one heap of the C library for all threads, since as many as there are
 * tasks at once cost 20 MB; garbage collected before it is half as much as what is in use; what was freed given back every
 * 15 s, which takes some milliseconds; and once, after 10 s, the pages of Node's own code given back, of which the start needs
 * most and what comes after it a part. Where koffi cannot be loaded, only V8's heap is kept small.
 * @returns A function that ends it.
 * @see mallopt(3), madvise(2)
 */
export function keepMemorySmall(): () => void {
  setFlagsFromString(heapGrowsBy)
  const calls = bindCalls()
  if (calls === undefined) return () => {}
  const { dropPages } = calls
  const trimming = setInterval(giveBackFreed, giveBackEveryMs)
  const dropping = setTimeout(() => {
    for (const mapping of findOwnCode()) dropPages(mapping)
  }, startTakesMs)
  for (const timer of [trimming, dropping]) timer.unref()
  return () => {
    clearInterval(trimming)
    clearTimeout(dropping)
  }
}

function bindCalls(): Calls | undefined {
  try {
    const library = loadKoffi().load(null)
    const madvise = library.func('int madvise(uint64_t, size_t, int)')
    const mallopt = library.func('int mallopt(int, int)')
    mallopt(arenaMaxParameter, 1)
    // Else the C library raises it to the largest that was ever freed, and bodies that wait leave holes between them.
    mallopt(mmapThresholdParameter, mmapThresholdBytes)
    return {
      dropPages({ address, sizeBytes }) {
        madvise(address, sizeBytes, dontNeed)
      },
    }
  } catch {
    return undefined
  }
}

/**
 * Where the code of the running program lies: mapped from its file, executable, never written to, so that a page that is
 * dropped can be read again.
 * @see proc_pid_maps(5)
 */
export function findOwnCode(): readonly Mapping[] {
  const path = realpathSync(process.execPath)
  return readFileSync('/proc/self/maps', 'utf8')
    .split('\n')
    .filter((line) => line.endsWith(` ${path}`) && line.split(' ')[1] === 'r-xp')
    .map((line) => {
      const [from = 0n, to = 0n] = (line.split(' ', 1)[0] ?? '')
        .split('-')
        .map((hex) => BigInt(`0x${hex}`))
      return { address: from, sizeBytes: Number(to - from) }
    })
}
