import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import type { Engine } from '../engine/engine.ts'

/** One container that was run to its end. */
export interface ShortRun {
  readonly id: string
  readonly name: string
  /** CPU time that it read of its own cgroup as its last act. */
  readonly printedNanos: number
  /** Unix milliseconds when the engine was asked to start it, and when it was known to have ended. */
  readonly startedAtMs: number
  readonly endedAtMs: number
}

export interface LoadOptions {
  readonly engine: Engine
  readonly count: number
  readonly atOnce: number
  readonly shortestMs: number
  readonly longestMs: number
  /** Default: the engine's own. */
  readonly cgroupParent?: string
}

/**
 * Burns CPU for so many milliseconds, then writes its own counter to a file; only the shell's own commands, so that nothing
 * but the end of the shell comes after.
 */
const script = `
read up _ < /proc/uptime; end=$(( \${up%.*}\${up#*.} + $1 / 10 ))
while read up _ < /proc/uptime; [ \${up%.*}\${up#*.} -lt $end ]; do :; done
if [ -f /sys/fs/cgroup/cpu.stat ]; then
  while read key value; do [ $key = usage_usec ] && break; done < /sys/fs/cgroup/cpu.stat
  echo \${value}000 > /out/$2
else
  read value < /sys/fs/cgroup/cpuacct/cpuacct.usage; echo $value > /out/$2
fi`

/** Runs short containers, so many at once, every fourth with `--rm`; all of them, once they have ended. */
export async function runShortContainers(options: LoadOptions): Promise<readonly ShortRun[]> {
  const folder = await mkdtemp(join(tmpdir(), 'vigie-runs-'))
  try {
    const runs: ShortRun[] = []
    const next = Array.from({ length: options.count }, (_none, at) => at).values()
    const work = async (): Promise<void> => {
      for (const at of next) runs.push(await runOne(options, folder, at))
    }
    await Promise.all(Array.from({ length: options.atOnce }, work))
    return runs
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function runOne(options: LoadOptions, folder: string, at: number): Promise<ShortRun> {
  const { engine, count, shortestMs, longestMs } = options
  // Spread evenly over the logarithm: as many below 200 ms as above.
  const share = ((at * 7) % count) / Math.max(1, count - 1)
  const lifeMs = Math.round(shortestMs * (longestMs / shortestMs) ** share)
  const name = `run-${process.pid}-${at}-${Date.now()}`
  const removes = at % 4 === 3
  const { Id: id }: { Id: string } = Object(
    await engine.request({
      method: 'POST',
      path: `/containers/create?name=${name}`,
      body: {
        Image: 'busybox',
        Cmd: ['sh', '-c', script, 'sh', String(lifeMs), name],
        HostConfig: {
          Binds: [`${folder}:/out`],
          AutoRemove: removes,
          CgroupParent: options.cgroupParent ?? '',
        },
      },
    }),
  )
  const startedAtMs = Date.now()
  await engine.request({ method: 'POST', path: `/containers/${id}/start` })
  await waitForEnd(engine, id, removes)
  const endedAtMs = Date.now()
  const printedNanos = Number(await readFile(join(folder, name), 'utf8'))
  if (!removes) await engine.request({ method: 'DELETE', path: `/containers/${id}?force=true` })
  return { id, name, printedNanos, startedAtMs, endedAtMs }
}

/** Should the engine's own wait not answer, the container is looked at each second. */
async function waitForEnd(engine: Engine, id: string, removes: boolean): Promise<void> {
  const stop = new AbortController()
  const looking = lookForEnd(engine, { id, removes, signal: stop.signal })
  await Promise.race([askForEnd(engine, id, removes), looking])
  stop.abort()
}

async function lookForEnd(
  engine: Engine,
  { id, removes, signal }: { id: string; removes: boolean; signal: AbortSignal },
): Promise<void> {
  while (!signal.aborted) {
    await sleep(1000, undefined, { signal }).catch(() => {})
    if (signal.aborted) return
    const isRunning = await engine.inspectState(id).then(
      ({ Pid }) => Pid > 0,
      () => undefined,
    )
    if (isRunning === undefined || (!removes && !isRunning)) return
  }
}

/** Asked after the start: a question that reaches the engine only after the end would wait for the next one for ever. */
async function askForEnd(engine: Engine, id: string, removes: boolean): Promise<void> {
  const condition = removes ? 'removed' : 'not-running'
  try {
    await engine.request({ method: 'POST', path: `/containers/${id}/wait?condition=${condition}` })
  } catch (error) {
    const isGone = removes && String(Object(error).message).includes('404')
    if (!isGone) throw error
  }
}
