import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { findContainerId, SenderTable } from './sender-table.ts'

const first = '1'.repeat(64)
const second = '2'.repeat(64)

/** A `/proc` of our own. */
class Processes implements Disposable {
  readonly #folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-senders-'))

  get root(): string {
    return this.#folder.path
  }

  run(pid: number, containerId: string): void {
    mkdirSync(join(this.root, String(pid)), { recursive: true })
    writeFileSync(join(this.root, String(pid), 'cgroup'), `0::/docker/${containerId}\n`)
  }

  end(pid: number): void {
    rmSync(join(this.root, String(pid)), { recursive: true })
  }

  [Symbol.dispose](): void {
    this.#folder.remove()
  }
}

describe('SenderTable', () => {
  test('gives processes of one container the same number', () => {
    using processes = new Processes()
    for (const [pid, id] of [
      [10, first],
      [11, first],
      [20, second],
    ] as const)
      processes.run(pid, id)
    const table = new SenderTable(processes.root)
    const [a, b, c] = [10, 11, 20].map((pid) => table.find(pid, 0))
    assert.ok(a !== undefined && a > 0 && c !== undefined)
    assert.equal(a, b)
    assert.notEqual(a, c)
    assert.deepEqual([table.containerOf(a), table.containerOf(c)], [first, second])
  })

  test('reads a process again after a minute', () => {
    using processes = new Processes()
    processes.run(10, first)
    const table = new SenderTable(processes.root)
    const before = table.find(10, 0)
    processes.run(10, second)
    assert.equal(table.find(10, 59_999), before)
    assert.equal(table.containerOf(table.find(10, 60_000)), second)
  })

  test('remembers for a minute too that a process is in no container', () => {
    using processes = new Processes()
    const table = new SenderTable(processes.root)
    assert.equal(table.find(10, 0), 0)
    processes.run(10, first)
    assert.equal(table.find(10, 59_999), 0)
    assert.notEqual(table.find(10, 60_000), 0)
  })

  test('forgets a container when none of its processes has sent for a minute', () => {
    using processes = new Processes()
    processes.run(10, first)
    const table = new SenderTable(processes.root)
    const number = table.find(10, 0)
    table.forgetOld(59_999)
    assert.equal(table.containerOf(number), first)
    table.forgetOld(60_000)
    assert.equal(table.containerOf(number), undefined)
    assert.notEqual(table.find(10, 60_000), number)
  })

  test('knows the containers of a replayed capture, and not those of the processes here', () => {
    using processes = new Processes()
    processes.run(10, first)
    const table = new SenderTable(processes.root)
    assert.equal(table.findReplayed(10), 0)
    table.setReplayed(new Map([[10, second]]))
    const number = table.findReplayed(10)
    table.forgetOld(1_000_000)
    assert.equal(table.containerOf(number), second)
    assert.equal(table.containerOf(table.find(10, 0)), first)
  })
})

describe('findContainerId()', () => {
  const cases: readonly [what: string, text: string, id: string | undefined][] = [
    ['version 1, cgroupfs', `5:memory:/docker/${first}\n1:name=systemd:/docker/${first}\n`, first],
    ['version 2, systemd', `0::/system.slice/docker-${first}.scope\n`, first],
    ['a folder that the container has made', `0::/docker/${first}/init.scope\n`, first],
    ['a container in a container', `0::/docker/${first}/docker/${second}\n`, first],
    ['a cgroup namespace', `0::/../${first}\n`, first],
    ['a pod', `0::/kubepods.slice/kubepods-pod1.slice/cri-containerd-${first}.scope\n`, first],
    ['no container', '0::/user.slice/user-0.slice/session-1.scope\n', undefined],
    ['the root', '0::/\n', undefined],
    ['nothing', '', undefined],
  ]
  for (const [what, text, id] of cases) {
    test(`reads ${what}`, () => assert.equal(findContainerId(text), id))
  }
})
