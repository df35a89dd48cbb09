import assert from 'node:assert/strict'
import { existsSync } from 'node:fs'
import { readFile, stat, writeFile } from 'node:fs/promises'
import { describe, test } from 'node:test'
import { ticket, type Load } from '../../bench/dogstatsd/load.ts'
import { openPlace } from './dogstatsd-agent.ts'
import { readUdpDrops } from './dogstatsd-drops.ts'
import { NumberedPackets, openDatagrams, openUdp, openWires } from './dogstatsd-numbered.ts'
import { runSender } from './dogstatsd-sending.ts'
import { waitUntil } from './wait-until.ts'

const intervalMs = 10_000

describe('DogStatsD, whatever happens,', () => {
  test('counts what a flood drops, and other sources go on each second', async () => {
    await using place = await openPlace()
    await using agent = await place.start()
    const pid = agent.process.pid ?? 0
    const load: Load = {
      to: { kind: 'udp', port: place.udpPort },
      isPacked: true,
      contexts: 1000,
      format: 'dogstatsd',
      packetsPerS: 0,
      durationMs: 5000,
      isPatient: true,
      hasTickets: true,
    }
    const before = readUdpDrops(pid, place.udpPort)
    const fromS = Date.now() / 1000
    const sent = await Promise.all([load, load, load].map(runSender))
    const toS = Date.now() / 1000
    const offered = sent.reduce((sum, { packets }) => sum + packets, 0)
    const drops = readUdpDrops(pid, place.udpPort) - before
    await waitUntil(
      'the drops are told',
      30_000,
      () => place.dropped('dogstatsd.udp_kernel') >= drops,
    )
    assert.ok(drops > 0, 'nothing was dropped: this was no flood')
    assert.equal(place.dropped('dogstatsd.udp_kernel'), drops)
    await agent.stop()
    assert.equal(Math.round(place.countOf(ticket)) + drops, offered)
    const beats = place.timesOf('system.load.1').filter((at) => at > fromS && at < toS)
    const gaps = beats.slice(1).map((at, index) => at - (beats[index] ?? 0))
    assert.ok(beats.length >= 4, `${beats.length} points`)
    assert.deepEqual(
      gaps,
      gaps.map(() => 1),
    )
  })

  describe('side by side', { concurrency: true }, () => {
    test('loses no packet over three flushes, while the server is away for some seconds', async () => {
      await using place = await openPlace()
      await using agent = await place.start()
      const wires = await openWires(place)
      const packets = wires.map((wire) => new NumberedPackets(wire, 'flow'))
      const firstInterval = Math.floor(Date.now() / intervalMs)
      const isOver = (): boolean => Math.floor(Date.now() / intervalMs) - firstInterval >= 3
      place.intake.nextStatus = () => {
        const isAway = Math.floor(Date.now() / intervalMs) - firstInterval === 1
        return isAway ? 503 : 202
      }
      while (!isOver()) {
        await Promise.all(packets.map((one) => one.send(20)))
        await nextTick()
      }
      for (const wire of wires) wire[Symbol.dispose]()
      await agent.stop()
      for (const one of packets) {
        const { sent, arrived } = one.compare(place)
        assert.deepEqual(arrived, sent)
      }
    })

    test('delivers at the stop what came before it', async () => {
      await using place = await openPlace()
      await using agent = await place.start()
      using wire = openDatagrams(place.socketPath)
      const packets = new NumberedPackets(wire, 'stop')
      await packets.send(500)
      const { exitCode } = await agent.stop()
      assert.equal(exitCode, 0, agent.output())
      const { sent, arrived } = packets.compare(place)
      assert.deepEqual(arrived, sent)
      assert.ok(!existsSync(place.socketPath), 'the socket is left behind')
    })

    test('goes on with clients that connect again after it was killed', async () => {
      await using place = await openPlace()
      await using killed = await place.start()
      await killed.stop('SIGKILL')
      assert.ok((await stat(place.socketPath)).isSocket(), 'a killed agent leaves its socket')
      assert.throws(() => openDatagrams(place.socketPath), /ECONNREFUSED/)
      await using agent = await place.start()
      using wire = openDatagrams(place.socketPath)
      const packets = new NumberedPackets(wire, 'again')
      await packets.send(50)
      assert.equal((await stat(place.socketPath)).mode & 0o777, 0o722)
      await waitUntil('the packets', 30_000, () => packets.compare(place).arrived[0] === 50)
      assert.equal(agent.process.exitCode, null)
      const { sent, arrived } = packets.compare(place)
      assert.deepEqual(arrived, sent)
    })

    test('leaves a file alone that is no socket, says so, and listens on the port', async () => {
      await using place = await openPlace()
      await writeFile(place.socketPath, 'mine')
      await using agent = await place.start()
      const told = await waitUntil('its state', 30_000, () => {
        const source = place.told()
        return source?.state === 'degraded' && source
      })
      assert.match(told.message, new RegExp(`${place.socketPath}.*no socket.*left alone`))
      assert.equal(await readFile(place.socketPath, 'utf8'), 'mine')
      using wire = openUdp(place.udpPort)
      const packets = new NumberedPackets(wire, 'file')
      await packets.send(10)
      await waitUntil('the packets', 30_000, () => packets.compare(place).arrived[0] === 10)
      assert.deepEqual(packets.compare(place).arrived, packets.compare(place).sent)
      assert.equal(agent.process.exitCode, null)
    })

    test('says who has the port when it is taken, and takes it when it is free', async () => {
      await using place = await openPlace()
      await using first = await place.start()
      await using other = await openPlace()
      await using second = await other.start({ DD_DOGSTATSD_PORT: String(place.udpPort) })
      const told = await waitUntil('its state', 30_000, () => {
        const source = other.told()
        return source?.state === 'degraded' && source
      })
      assert.match(told.message, new RegExp(`:${place.udpPort}: another process.*dogstatsd_port`))
      await first.stop()
      await waitUntil('the port is its own', 30_000, () => other.told()?.state === 'running')
      await second.stop()
    })

    test('warns of a queue for datagrams that clients which do not wait overrun', async () => {
      const length = Number(await readFile('/proc/sys/net/unix/max_dgram_qlen', 'utf8'))
      await using place = await openPlace()
      await using agent = await place.start()
      const notes = await waitUntil('its notes', 30_000, () => {
        const told = place.told()?.work?.notes ?? []
        return told.length > 0 && told
      })
      const isWarned = notes.some((note) => note.includes('max_dgram_qlen'))
      assert.equal(isWarned, length < 256, notes.join('\n'))
      await agent.stop()
    })
  })
})

function nextTick(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 20)
  })
}
