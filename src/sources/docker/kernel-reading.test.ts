import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../test/agent/engine-container.ts'
import type { Figures } from '../../../test/agent/fake-host.ts'
import { open, stopClock, timeMs } from '../../../test/agent/open-table.ts'
import { makeReading } from '../../../test/agent/run-stage.ts'

const web = makeContainer()
const figures: Figures = {
  cpuMicros: 9_000_000,
  userTicks: 600,
  rss: 1000,
  io: [['254:0', 1, 2, 3, 4]],
  net: [['eth0', 5, 6]],
  stalledMicros: [70, 80, 90],
  openFiles: 3,
}

describe('ContainerTable.kernelReading()', () => {
  for (const version of ['v1', 'v2'] as const) {
    test(`gives the kernel's own counters as they were read last, on cgroup ${version}`, () => {
      using opened = open({ version })
      const { host, table } = opened
      host.put(web.id, web.pid, figures)
      table.put(web)
      host.put(web.id, web.pid, { ...figures, cpuMicros: 9_000_321 })
      table.sample(timeMs)
      const reading = table.kernelReading(web.id)
      assert.equal(reading?.cpuNanos, 9_000_321_000)
      assert.equal(reading.cgroupPath, `/docker/${web.id}`)
      assert.equal(reading.memoryAnonBytes, 1000)
      assert.deepEqual(
        reading.interfaces?.map(({ name, sentBytes }) => [name, sentBytes]),
        [['eth0', 6]],
      )
    })
  }

  test('keeps what is read seldom until it is read again', (t) => {
    const clock = stopClock(t)
    using opened = open()
    const { host, table } = opened
    host.put(web.id, web.pid, figures)
    table.put(web)
    for (const second of [0, 1, 2]) {
      clock.moveMs(1000)
      table.sample(timeMs + second * 1000)
    }
    const reading = table.kernelReading(web.id)
    assert.equal(reading?.memoryStalledNanos, 80_000)
    assert.equal(reading.openFiles, 3)
  })

  test('names devices as the host lists them', () => {
    using opened = open()
    opened.host.put(web.id, web.pid, {
      ...figures,
      io: [
        ['254:0', 1, 2, 3, 4],
        ['9:9', 5, 6, 7, 8],
      ],
    })
    opened.table.put(web)
    assert.deepEqual(
      opened.table
        .kernelReading(web.id)
        ?.devices?.map(({ device, name, readBytes }) => [device, name, readBytes]),
      [
        ['254:0', 'vda', 1],
        ['9:9', undefined, 5],
      ],
    )
  })

  test('says when it was read, by the wall clock', (t) => {
    const clock = stopClock(t)
    t.mock.method(Date, 'now', () => timeMs)
    using opened = open()
    opened.host.put(web.id, web.pid, figures)
    opened.table.put(web)
    clock.moveMs(700)
    assert.equal(opened.table.kernelReading(web.id)?.timeMs, timeMs - 700)
  })

  test('has no traffic of a container in the network of its host', () => {
    using opened = open()
    opened.host.put(web.id, web.pid, figures)
    opened.table.put({ ...web, networkMode: 'host' })
    assert.equal(opened.table.kernelReading(web.id)?.interfaces, undefined)
  })

  test('gives what the engine answered where no cgroup can be read', () => {
    using opened = open({ isEngineLocal: false })
    const { table } = opened
    table.put(web)
    assert.equal(table.kernelReading(web.id), undefined)
    table.takeReading(web.id, makeReading(3, { cpuNanos: 77 }))
    assert.equal(table.kernelReading(web.id)?.cpuNanos, 77)
    assert.equal(table.kernelReading(web.id)?.cgroupPath, `/docker/${web.id}`)
  })

  test('has nothing of a container that has ended, is not watched, or is not there', () => {
    using opened = open({ isWatched: ({ name }) => name !== 'secret' })
    const { host, table } = opened
    host.put(web.id, web.pid, figures)
    table.put(web)
    assert.ok(table.kernelReading(web.id))
    table.put({ ...web, name: 'secret' })
    assert.equal(table.kernelReading(web.id), undefined)
    table.put(web)
    table.put({ ...web, state: 'exited', pid: 0 })
    assert.equal(table.kernelReading(web.id), undefined)
    assert.equal(table.kernelReading('f'.repeat(64)), undefined)
  })
})
