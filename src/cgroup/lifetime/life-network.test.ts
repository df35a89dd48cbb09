import assert from 'node:assert/strict'
import { mkdirSync, mkdtempDisposableSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test } from 'node:test'
import { LifeNetwork } from './life-network.ts'

const budget = { left: 100 }
const shim = 700
const first = 701

/** A `/proc` with a process that started containers, in a network of its own, and one process that it has started. */
class FakeProc implements Disposable {
  readonly #folder = mkdtempDisposableSync(join(tmpdir(), 'vigie-life-network-'))
  readonly path = this.#folder.path

  constructor() {
    this.put(1, { namespace: 10, parentPid: 0 })
    this.put(shim, { namespace: 20, parentPid: 1 })
  }

  /** Interfaces of namespace 30 have received 30,000 bytes, and so on. */
  put(pid: number, { namespace, parentPid }: { namespace: number; parentPid: number }): void {
    const folder = join(this.path, String(pid))
    rmSync(folder, { recursive: true, force: true })
    for (const name of ['ns', 'net']) mkdirSync(join(folder, name), { recursive: true })
    symlinkSync(`net:[${namespace}]`, join(folder, 'ns/net'))
    writeFileSync(join(folder, 'stat'), `${pid} (runc:[2:INIT]) S ${parentPid} 0 0 0 0 0 0\n`)
    const head = 'Inter-|   Receive  |  Transmit\n face |bytes packets\n'
    const line = `  eth0: ${namespace}000 1 0 0 0 0 0 0 500 1 0 0 0 0 0 0\n`
    writeFileSync(join(folder, 'net/dev'), head + line)
  }

  [Symbol.dispose](): void {
    this.#folder[Symbol.dispose]()
  }
}

function readAfter(network: LifeNetwork, pid: number): number | undefined {
  network.open(pid, budget)
  network.read()
  return network.traffic?.receivedBytes
}

describe('LifeNetwork', () => {
  test('counts in the network of the container, not in that of who starts it', () => {
    using proc = new FakeProc()
    const network = new LifeNetwork(proc.path, new Set())
    proc.put(first, { namespace: 20, parentPid: shim })
    assert.equal(readAfter(network, first), undefined)
    proc.put(first, { namespace: 30, parentPid: shim })
    assert.equal(readAfter(network, first), 30_000)
    network.close()
  })

  test("takes neither the host's network nor one that another container has", () => {
    using proc = new FakeProc()
    const inUse = new Set<string>()
    const [owner, guest, ofHost] = [0, 1, 2].map(() => new LifeNetwork(proc.path, inUse))
    assert.ok(owner !== undefined && guest !== undefined && ofHost !== undefined)
    for (const pid of [first, 702]) proc.put(pid, { namespace: 30, parentPid: shim })
    proc.put(703, { namespace: 10, parentPid: shim })
    assert.equal(readAfter(owner, first), 30_000)
    assert.equal(readAfter(guest, 702), undefined)
    assert.equal(readAfter(ofHost, 703), undefined)
    owner.close()
    assert.equal(readAfter(guest, 702), 30_000)
    guest.close()
    assert.equal(budget.left, 100)
  })

  test('counts where the parent of a process cannot be seen', () => {
    using proc = new FakeProc()
    const network = new LifeNetwork(proc.path, new Set())
    proc.put(first, { namespace: 30, parentPid: 0 })
    assert.equal(readAfter(network, first), 30_000)
    network.close()
  })
})
