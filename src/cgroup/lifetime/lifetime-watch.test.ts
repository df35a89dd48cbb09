import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { describe, test } from 'node:test'
import { setImmediate as immediate } from 'node:timers/promises'
import type { CgroupLife } from './cgroup-life.ts'
import { openLifetimeWatch, type LifetimeWatch } from './lifetime-watch.ts'

const ids = ['a', 'b', 'c'].map((digit) => digit.repeat(64))
const [first = '', second = '', third = ''] = ids

/**
 * Folders that look like cgroup v2. Nothing tells of an end in them, since they are no real ones: what is seen is that a
 * folder is gone.
 */
class FakeCgroups implements Disposable {
  readonly #folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-lives-'))
  readonly lives: CgroupLife[] = []
  readonly faults: string[] = []
  readonly budget = { left: 100 }
  #watch: LifetimeWatch | undefined
  /** The watch alone does not keep a process running. */
  readonly #awake = setInterval(() => undefined, 1000)
  #told = Promise.withResolvers<void>()

  constructor() {
    this.set('', 0)
  }

  /** Makes a cgroup, or lets it have used so many milliseconds. */
  set(path: string, usedMs: number): void {
    mkdirSync(join(this.#folder.path, path), { recursive: true })
    const used = `usage_usec ${usedMs * 1000}\nuser_usec ${usedMs * 250}\nsystem_usec ${usedMs * 750}\n`
    writeFileSync(join(this.#folder.path, path, 'cpu.stat'), used)
  }

  write(path: string, text: string): void {
    writeFileSync(join(this.#folder.path, path), text)
  }

  /** Takes cgroups away at the same moment, after what they used at last was added to their parent. */
  remove(...ends: readonly (readonly [path: string, parentMs: number])[]): void {
    for (const [path, parentMs] of ends) this.set(dirname(path), parentMs)
    for (const [path] of ends) rmSync(join(this.#folder.path, path), { recursive: true })
  }

  watch(): LifetimeWatch {
    this.#watch = openLifetimeWatch({
      hierarchy: { version: 'v2', root: this.#folder.path },
      procRoot: join(this.#folder.path, 'proc'),
      budget: this.budget,
      onLife: (life) => {
        this.lives.push(life)
        this.#told.resolve()
      },
      onFault: (message) => this.faults.push(message),
    })
    return this.#watch
  }

  /** The lives told, as soon as there are so many. */
  async takeLives(count: number): Promise<readonly CgroupLife[]> {
    while (this.lives.length < count) {
      await this.#told.promise
      this.#told = Promise.withResolvers()
    }
    return this.lives
  }

  [Symbol.dispose](): void {
    clearInterval(this.#awake)
    this.#watch?.close()
    this.#folder[Symbol.dispose]()
  }
}

function assertCpu(life: CgroupLife | undefined, expectedMs: number): void {
  assert.ok(life?.cpuNanos !== undefined)
  const offNanos = Math.abs(life.cpuNanos - expectedMs * 1e6)
  assert.ok(offNanos <= life.cpuErrorNanos, `${life.cpuNanos} ± ${life.cpuErrorNanos}`)
}

describe('openLifetimeWatch()', () => {
  test('gives what the parent keeps of one that was gone too soon', async () => {
    using cgroups = new FakeCgroups()
    cgroups.set('docker', 1000)
    cgroups.set(`docker/${first}`, 300)
    const watch = cgroups.watch()
    assert.equal(watch.state().followed, 1)
    cgroups.remove([`docker/${first}`, 1011])
    const [life] = await cgroups.takeLives(1)
    assert.equal(life?.containerId, first)
    assert.equal(life?.method, 'parent_remainder')
    assertCpu(life, 311)
    assert.ok(life.cpuErrorNanos < 10_000)
    assert.equal(life.cpuUserNanos, Math.round((life.cpuNanos ?? 0) / 4))
    assert.equal(life.memoryPeakBytes, undefined)
    assert.deepEqual(watch.state(), {
      way: 'last_reading',
      reason: '',
      followed: 0,
      ended: { last_reading: 0, parent_remainder: 1, last_sample: 0 },
    })
    assert.deepEqual(cgroups.faults, [])
  })

  test('takes what living brothers and other cgroups used out of it', async () => {
    using cgroups = new FakeCgroups()
    cgroups.set('system.slice', 1000)
    cgroups.set('system.slice/docker.service', 400)
    cgroups.set(`system.slice/docker-${first}.scope`, 100)
    cgroups.set(`system.slice/docker-${second}.scope`, 200)
    cgroups.watch()
    cgroups.set('system.slice/docker.service', 450)
    cgroups.set(`system.slice/docker-${second}.scope`, 220)
    cgroups.remove([`system.slice/docker-${first}.scope`, 1077])
    const [life] = await cgroups.takeLives(1)
    assert.equal(life?.method, 'parent_remainder')
    assertCpu(life, 107)
  })

  test('bounds the error of those that were gone together', async () => {
    using cgroups = new FakeCgroups()
    cgroups.set('docker', 1000)
    for (const id of ids) cgroups.set(`docker/${id}`, 100)
    cgroups.watch()
    cgroups.remove([`docker/${first}`, 1008], [`docker/${second}`, 1012])
    const lives = await cgroups.takeLives(2)
    for (const id of [first, second]) {
      const life = lives.find(({ containerId }) => containerId === id)
      assert.equal(life?.method, 'parent_remainder')
      assertCpu(life, id === first ? 108 : 104)
      assert.ok(life.cpuErrorNanos <= 6.1e6)
    }
    cgroups.remove([`docker/${third}`, 1020])
    assertCpu((await cgroups.takeLives(3))[2], 108)
  })

  test('follows those that are made later, in folders that are made later', async () => {
    using cgroups = new FakeCgroups()
    const watch = cgroups.watch()
    cgroups.set(`teams/web/${first}`, 0)
    cgroups.set(`teams/web/${second}`, 0)
    while (watch.state().followed < 2) await immediate()
    cgroups.set('teams/web', 0)
    cgroups.remove([`teams/web/${first}`, 6])
    const [life] = await cgroups.takeLives(1)
    assert.equal(life?.containerId, first)
    assertCpu(life, 6)
  })

  test('says that it only has the last reading where the parent has processes of its own', async () => {
    using cgroups = new FakeCgroups()
    cgroups.set('mixed', 1000)
    cgroups.set(`mixed/${first}`, 100)
    cgroups.write('mixed/cgroup.procs', '1\n')
    cgroups.watch()
    cgroups.remove([`mixed/${first}`, 1005])
    const [life] = await cgroups.takeLives(1)
    assert.equal(life?.method, 'last_sample')
    assert.equal(life.cpuNanos, 100e6)
    assertCpu(life, 105)
  })

  test('tells of containers only', async () => {
    using cgroups = new FakeCgroups()
    for (const path of ['system.slice/ssh.service', `docker/${first}`]) cgroups.set(path, 5)
    cgroups.watch()
    cgroups.remove(['system.slice/ssh.service', 5])
    cgroups.remove([`docker/${first}`, 5])
    await cgroups.takeLives(1)
    assert.deepEqual(
      cgroups.lives.map(({ containerId }) => containerId),
      [first],
    )
  })

  test('gives back what it took of the budget, and does without', async () => {
    using cgroups = new FakeCgroups()
    cgroups.budget.left = 1
    cgroups.set('docker', 1000)
    for (const id of ids) cgroups.set(`docker/${id}`, 100)
    const watch = cgroups.watch()
    cgroups.remove([`docker/${first}`, 1007])
    assertCpu((await cgroups.takeLives(1))[0], 107)
    watch.close()
    assert.equal(cgroups.budget.left, 1)
  })

  test('does not follow a container whose folder is gone here, while another controller still has one', () => {
    using folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-lives-'))
    const [cpu, memory] = ['cpuacct', 'memory'].map((name) => join(folder.path, name))
    assert.ok(cpu !== undefined && memory !== undefined)
    mkdirSync(join(cpu, 'docker', second), { recursive: true })
    for (const path of ['docker', `docker/${second}`])
      for (const [name, text] of [
        ['cpuacct.usage', '5000\n'],
        ['cgroup.procs', ''],
      ] as const)
        writeFileSync(join(cpu, path, name), text)
    for (const id of [first, second]) mkdirSync(join(memory, 'docker', id), { recursive: true })
    const watch = openLifetimeWatch({
      hierarchy: {
        version: 'v1',
        controllers: new Map([
          ['cpuacct', cpu],
          ['memory', memory],
        ]),
      },
      procRoot: join(folder.path, 'proc'),
      budget: { left: 100 },
      onLife: () => assert.fail(),
      onFault: (message) => assert.fail(message),
    })
    for (const id of [first, second]) watch.follow({ id, pid: 0, cgroupParent: '' })
    assert.equal(watch.state().followed, 1)
    watch.close()
  })

  test('is off, and says why, on a machine without cgroups', () => {
    const watch = openLifetimeWatch({
      hierarchy: { version: 'none' },
      procRoot: '/proc',
      budget: { left: 100 },
      onLife: () => assert.fail(),
      onFault: () => assert.fail(),
    })
    const { way, reason } = watch.state()
    assert.deepEqual([way, reason], ['off', 'this machine has no cgroups that can be read'])
    watch.close()
  })
})
