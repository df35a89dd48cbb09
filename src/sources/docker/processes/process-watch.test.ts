import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { createWatchedContainers } from '../../../component/watched-containers.ts'
import type { ProcessList } from '../../../model/process-list.ts'
import { ProcessWatch } from './process-watch.ts'

const containerId = 'a'.repeat(64)
const startMs = 1_790_000_000_000

/** A host with one container, on cgroup v2. */
class Host implements Disposable {
  readonly #folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-processes-'))
  readonly procRoot = join(this.#folder.path, 'proc')
  readonly #cgroup = join(this.#folder.path, 'cgroup/docker', containerId)
  readonly watched = createWatchedContainers(() => this.nowMs)
  nowMs = startMs
  readonly watch = new ProcessWatch({
    host: 'box-1',
    procRoot: this.procRoot,
    hierarchy: { version: 'v2', root: join(this.#folder.path, 'cgroup') },
    watched: this.watched,
    findCgroupPath: (id) => (id === containerId ? `/docker/${id}` : undefined),
  })

  constructor() {
    mkdirSync(this.#cgroup, { recursive: true })
    mkdirSync(this.procRoot)
    writeFileSync(join(this.procRoot, 'stat'), 'cpu 1 2 3\nbtime 1789999000\n')
    this.list([])
  }

  /** What `cgroup.procs` has. */
  list(pids: readonly number[]): void {
    writeFileSync(join(this.#cgroup, 'cgroup.procs'), pids.map((pid) => `${pid}\n`).join(''))
  }

  put(pid: number, process: { ticks: number; name?: string; args?: string; rss?: number }): void {
    const { ticks, name = 'sh', args = 'sh\0-c\0work\0', rss = 100 } = process
    const folder = join(this.procRoot, String(pid))
    mkdirSync(folder, { recursive: true })
    const fields = `1 1 1 0 -1 0 0 0 0 0 ${ticks} 0 0 0 20 0 1 0 5000 0`
    writeFileSync(join(folder, 'stat'), `${pid} (${name}) R ${fields}`)
    writeFileSync(join(folder, 'status'), `Uid:\t5\t5\t5\t5\nVmRSS:\t${rss} kB\nThreads:\t1\n`)
    writeFileSync(join(folder, 'cmdline'), args)
    writeFileSync(join(folder, 'cgroup'), `0::/../${containerId}\n`)
  }

  remove(pid: number): void {
    rmSync(join(this.procRoot, String(pid)), { recursive: true })
  }

  /** What is told so many seconds after the start. */
  at(seconds: number): readonly ProcessList[] {
    this.nowMs = startMs + seconds * 1000
    return this.watch.take(this.nowMs)
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]()
  }
}

describe('ProcessWatch', () => {
  test('reads nothing while nobody looks, and no longer than somebody does', () => {
    using host = new Host()
    host.put(7, { ticks: 10 })
    host.list([7])
    assert.deepEqual(host.at(0), [])
    host.watched.watch([containerId])
    assert.equal(host.at(2).length, 1)
    host.watched.watch([])
    assert.deepEqual(host.at(4), [])
    host.watched.watch([containerId])
    // The server has said nothing since.
    assert.equal(host.at(12).length, 1)
    assert.deepEqual(host.at(14), [])
  })

  test('tells what a process is, and from the second reading on what it uses', () => {
    using host = new Host()
    host.put(7, { ticks: 10, args: 'psql\0--password\0hunter2\0' })
    host.list([7])
    host.watched.watch([containerId])
    const [first] = host.at(0)
    const known = {
      pid: 7,
      parentPid: 1,
      state: 'R',
      command: 'psql --password ********',
      uid: 5,
      threads: 1,
      rssBytes: 102_400,
      startedAtMs: 1_789_999_050_000,
    }
    assert.deepEqual(first, {
      kind: 'process-list',
      host: 'box-1',
      containerId,
      timeMs: startMs,
      count: 1,
      processes: [known],
    })
    host.put(7, { ticks: 110, args: 'psql\0--password\0hunter2\0' })
    assert.deepEqual(host.at(2)[0]?.processes, [{ ...known, cpuRatio: 0.5 }])
  })

  test('is silent in every other second', () => {
    using host = new Host()
    host.watched.watch([containerId])
    assert.deepEqual(host.at(1), [])
  })

  test('puts the busiest first, then those with most memory; one that began since then has used all that it has', () => {
    using host = new Host()
    host.put(7, { ticks: 10 })
    host.put(8, { ticks: 10, rss: 300 })
    host.list([7, 8])
    host.watched.watch([containerId])
    assert.deepEqual(
      host.at(0)[0]?.processes.map(({ pid }) => pid),
      [8, 7],
    )
    host.put(9, { ticks: 20 })
    host.list([7, 8, 9])
    const told = host.at(2)[0]?.processes.map(({ pid, cpuRatio }) => [pid, cpuRatio])
    assert.deepEqual(told, [
      [9, 0.1],
      [8, 0],
      [7, 0],
    ])
  })

  test('leaves out one that ended meanwhile, and tells only so many of very many', () => {
    using host = new Host()
    const pids = Array.from({ length: 130 }, (_, at) => at + 10)
    for (const pid of pids) host.put(pid, { ticks: pid })
    host.list(pids)
    host.remove(10)
    host.watched.watch([containerId])
    const [list] = host.at(0)
    assert.deepEqual([list?.count, list?.processes.length], [129, 100])
  })

  test('finds them by their cgroup where it lives among other numbers itself', () => {
    using host = new Host()
    host.put(7, { ticks: 10 })
    host.list([0, 0])
    host.watched.watch([containerId])
    assert.deepEqual(
      host.at(0)[0]?.processes.map(({ pid }) => pid),
      [7],
    )
  })

  test('names what has no arguments by its name, and reads them again when it becomes another program', () => {
    using host = new Host()
    host.put(7, { ticks: 10, name: 'kthread', args: '' })
    host.list([7])
    host.watched.watch([containerId])
    assert.equal(host.at(0)[0]?.processes[0]?.command, '[kthread]')
    host.put(7, { ticks: 10, name: 'nginx', args: 'nginx\0-g\0daemon off;\0' })
    assert.equal(host.at(2)[0]?.processes[0]?.command, 'nginx -g daemon off;')
  })

  test('tells nothing of a container that does not run here', () => {
    using host = new Host()
    host.watched.watch(['b'.repeat(64)])
    assert.deepEqual(host.at(0), [])
  })
})
