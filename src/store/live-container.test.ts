import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { LiveProbe, web } from '../../test/server/live-probe.ts'

let probe = new LiveProbe()
beforeEach(() => {
  probe = new LiveProbe()
})

describe('figures of a container', () => {
  test('come from its series, whichever comes first, points or inventory', () => {
    probe.record(0, [
      [probe.follow('docker.cpu.usage'), 12.346],
      [probe.follow('docker.mem.working_set'), 1000.7],
    ])
    assert.equal(probe.table.containers().length, 0)
    probe.tell()
    assert.equal(probe.figure('cpu'), 12.35)
    assert.equal(probe.figure('memory'), 1001)
    assert.equal(probe.figure('threads'), null)
    assert.equal(probe.find(web.id).figuresAtMs, probe.startMs)
  })

  test('add up over devices of one second, and start anew with the next', () => {
    probe.tell()
    const [sda, sdb] = [
      probe.follow('docker.io.read_bytes', onDevice('sda')),
      probe.follow('docker.io.read_bytes', onDevice('sdb')),
    ]
    probe.record(0, [
      [sda, 100],
      [sdb, 11],
    ])
    assert.equal(probe.figure('ioRead'), 111)
    probe.record(1, [[sda, 5]])
    probe.record(1, [[sdb, 6]])
    assert.equal(probe.figure('ioRead'), 11)
  })

  test('do not count a point twice, nor an older one', () => {
    probe.tell()
    const sent = probe.follow('docker.net.bytes_sent')
    probe.record(5, [[sent, 70]])
    probe.record(5, [[sent, 70]])
    probe.record(4, [[sent, 9999]])
    // The same series, spelled with its tags in another order, or found anew after it was forgotten.
    probe.record(5, [[probe.follow('docker.net.bytes_sent'), 70]])
    assert.equal(probe.figure('netSent'), 70)
  })

  test('go when they are no longer read, and are not zero then', () => {
    probe.tell()
    const [cpu, throttled] = [
      probe.follow('docker.cpu.usage'),
      probe.follow('docker.cpu.throttled'),
    ]
    probe.record(0, [
      [cpu, 1],
      [throttled, 2],
    ])
    probe.record(1, [[cpu, 1]])
    assert.equal(probe.figure('throttled'), 2)
    probe.record(2, [[cpu, 1]])
    assert.equal(probe.figure('throttled'), null)
    assert.equal(probe.figure('cpu'), 1)
  })

  test('of a series without an interval hold for 15 s', () => {
    probe.tell()
    probe.record(0, [[probe.follow('docker.mem.rss', undefined, 0), 7]])
    probe.record(15, [[probe.follow('docker.cpu.usage'), 1]])
    assert.equal(probe.figure('memoryRss'), 7)
    probe.record(16, [[probe.follow('docker.cpu.usage'), 1]])
    assert.equal(probe.figure('memoryRss'), null)
  })

  test('of the last run are not those of a stopped container, nor of its next run', () => {
    probe.tell()
    probe.record(0, [[probe.follow('docker.cpu.usage'), 5]])
    probe.tell({ containers: [{ ...web, state: 'exited' }] })
    assert.equal(probe.figure('cpu'), null)
    probe.tell({ containers: [{ ...web, startedAtMs: probe.startMs + 3500 }] })
    assert.equal(probe.figure('cpu'), null)
    probe.record(4, [[probe.follow('docker.cpu.usage'), 6]])
    assert.equal(probe.figure('cpu'), 6)
  })

  test('keep 60 s for the spark line, gaps included', () => {
    probe.tell()
    const cpu = probe.follow('docker.cpu.usage')
    for (let second = 0; second <= 70; second++) {
      if (second < 50 || second > 52) probe.record(second, [[cpu, second]])
    }
    const line = probe.find(web.id).cpuSpark
    assert.equal(line.length, 60)
    assert.equal(line[0], 11)
    assert.equal(line[59], 70)
    assert.deepEqual(line.slice(37, 44), [48, 49, null, null, null, 53, 54])
    probe.record(200, [[cpu, 1]])
    assert.deepEqual(probe.find(web.id).cpuSpark, [...Array.from({ length: 59 }, () => null), 1])
  })

  test('go on when a clock that was ahead is set back', () => {
    probe.tell()
    const [cpu, memory] = [probe.follow('docker.cpu.usage'), probe.follow('docker.mem.working_set')]
    probe.record(300, [
      [cpu, 1],
      [memory, 1],
    ])
    probe.record(2, [
      [cpu, 2],
      [memory, 3],
    ])
    assert.equal(probe.figure('cpu'), 2)
    assert.equal(probe.figure('memory'), 3)
    assert.equal(probe.find(web.id).figuresAtMs, probe.startMs + 2000)
  })

  test('follow at most 256 series of one container', () => {
    probe.tell()
    const targets = Array.from({ length: 300 }, (_, n) =>
      probe.follow('docker.io.read_bytes', [`container_id:${web.id}`, `device:d${n}`]),
    )
    probe.record(
      0,
      targets.map((target) => [target, 1] as const),
    )
    assert.equal(probe.figure('ioRead'), 256)
  })
})

function onDevice(device: string): string[] {
  return [`container_id:${web.id}`, `device:${device}`]
}
