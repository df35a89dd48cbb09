import assert from 'node:assert/strict'
import { randomBytes } from 'node:crypto'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, test, type TestContext } from 'node:test'
import { setImmediate as turn, setTimeout as sleep } from 'node:timers/promises'
import {
  makeForwarderSettings,
  makeSinkContext,
  within,
} from '../../../../test/agent/environment.ts'
import { name, ReadFile } from '../../../../test/agent/gatherer-stage.ts'
import { messagesOf } from '../../../../test/agent/log-blocks.ts'
import { RecordingIntake } from '../../../../test/agent/recording-intake.ts'
import { openLogOutlet } from '../../../sinks/server/logs/open-log-outlet.ts'
import { decodeBlock } from '../../../wire/logs/decode-block.ts'
import type { Gatherer } from './delivery.ts'
import { createGatherer } from './gatherer.ts'
import { Registry } from './registry/registry.ts'

const mib = 1024 * 1024

/** A gatherer that sends to a real server. */
async function open(
  t: TestContext,
  { intake, folder = '' }: { intake: RecordingIntake; folder?: string },
): Promise<Gatherer> {
  const outlet = openLogOutlet(
    makeSinkContext({
      serverUrl: intake.url,
      forwarder: makeForwarderSettings({ timeoutMs: 60_000 }),
    }),
  )
  t.after(() => outlet.close())
  const registry = await Registry.open({
    folder,
    ttlMs: 3_600_000,
    clock: Date.now,
    onFault: assert.fail,
    warn: assert.fail,
  })
  return createGatherer({
    delivery: { hasReceiver: true, ship: (block) => outlet.ship(block) },
    registry,
    settings: { batchWaitMs: 10, inFlightBytes: 8 * mib },
    host: 'box-1',
  })
}

/** A long line that no compression makes much shorter. */
function incompressible(): string {
  return randomBytes(mib / 4).toString('latin1')
}

/** What is just being packed makes room again, what waits for an answer does not. */
async function hasRoomSoon(gatherer: Gatherer): Promise<boolean> {
  const room = gatherer.room()
  if (room === undefined) return true
  const over = new AbortController()
  const { signal } = over
  const hasRoom = await Promise.race([
    room.then(() => true),
    sleep(500, false, { signal }).catch(() => false),
  ])
  over.abort()
  return hasRoom
}

describe('lines on their way to a server', { timeout: 60_000, concurrency: true }, () => {
  test('arrive although it fails, cuts connections and goes away', async (t) => {
    await using intake = await new RecordingIntake().open()
    const folder = await mkdtemp(join(tmpdir(), 'delivery-'))
    t.after(() => rm(folder, { recursive: true }))
    const answers = [429, 202, 'cut', 202] as const
    intake.nextStatus = () => answers[intake.received.length] ?? 202
    const gatherer = await open(t, { intake, folder })
    const file = new ReadFile(gatherer, name)
    const lines = Array.from({ length: 60 }, (_line, at) => `line ${at}`)
    for (let from = 0; from < 60; from += 10) {
      file.read(...lines.slice(from, from + 10))
      if (from === 40) await intake.close()
      else if (from < 40) await intake.nextRequest()
    }
    await intake.open()
    await gatherer.close(AbortSignal.timeout(10_000))
    const stored = intake.received.filter(({ status }) => status === 202)
    assert.deepEqual(
      new Set(stored.flatMap(({ body }) => messagesOf(decodeBlock(body)))),
      new Set(lines),
    )
    assert.deepEqual(
      gatherer.ledgers(1).map(({ sentLines, waitingLines }) => [sentLines, waitingLines]),
      [[60, 0]],
    )
    const again = await open(t, { intake, folder })
    assert.deepEqual(again.keptOf(name)?.at, { fileId: 7n, offset: 600 })
  })

  test('take a bounded amount of memory while it does not answer', async (t) => {
    await using intake = await new RecordingIntake().open()
    intake.nextStatus = () => undefined
    const gatherer = await open(t, { intake })
    const file = new ReadFile(gatherer, name)
    let readBytes = 0
    while (await hasRoomSoon(gatherer)) {
      const line = incompressible()
      file.read(line)
      readBytes += Buffer.byteLength(line)
      await turn()
    }
    assert.ok(readBytes > 8 * mib, 'as much as may be on its way')
    // Two blocks are being packed when that is reached, and one is open; UTF-8 leaves a third to compress.
    assert.ok(readBytes < 30 * mib, `${readBytes / mib} MiB were read`)
    await gatherer.close(AbortSignal.abort())
    assert.deepEqual(gatherer.keptOf(name)?.at, { fileId: 7n, offset: 0 })
  })

  test('have room again once it answers', async (t) => {
    await using intake = await new RecordingIntake().open()
    const gatherer = await open(t, { intake })
    const file = new ReadFile(gatherer, name)
    for (let count = 0; count < 100; count += 1) {
      await within(5000, gatherer.room() ?? Promise.resolve())
      file.read(incompressible())
    }
    await gatherer.close(AbortSignal.timeout(10_000))
    assert.equal(gatherer.ledgers(1)[0]?.sentLines, 100)
  })
})
