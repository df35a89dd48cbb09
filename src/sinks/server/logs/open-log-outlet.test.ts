import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  makeForwarderSettings,
  makeSinkContext,
  within,
} from '../../../../test/agent/environment.ts'
import { linesOf, makeBlock, messagesOf } from '../../../../test/agent/log-blocks.ts'
import { RecordingIntake, type Received } from '../../../../test/agent/recording-intake.ts'
import type { LogShipment } from '../../../component/log-delivery.ts'
import type { SinkContext } from '../../../component/sink.ts'
import type { LogBlock } from '../../../model/log-block.ts'
import { decodeBlock } from '../../../wire/logs/decode-block.ts'
import { openLogOutlet } from './open-log-outlet.ts'

interface Running extends AsyncDisposable {
  readonly ship: (block: LogBlock) => LogShipment
  readonly shipLine: (message: string) => LogShipment
  readonly dropped: () => Readonly<Record<string, number>>
  readonly reachDeadline: () => void
  readonly close: () => void
}

function run(intake: RecordingIntake, change: Partial<SinkContext> = {}): Running {
  const deadline = new AbortController()
  const context = makeSinkContext({ serverUrl: intake.url, deadline: deadline.signal, ...change })
  const outlet = openLogOutlet(context)
  return {
    ship: (block) => outlet.ship(block),
    shipLine: (message) => outlet.ship(makeBlock([message])),
    dropped: () => context.telemetry.snapshot().dropped,
    reachDeadline: () => deadline.abort(),
    close: () => outlet.close(),
    async [Symbol.asyncDispose]() {
      outlet.close()
    },
  }
}

/** Messages of each request, one string for each. */
function messagesIn(received: readonly Received[]): readonly string[] {
  return received.map(({ body }) => messagesOf(decodeBlock(body)).join(' '))
}

describe('openLogOutlet()', { timeout: 60_000, concurrency: true }, () => {
  test('posts a block as it is, and says how long it was', async () => {
    await using intake = await new RecordingIntake().open()
    await using outlet = run(intake)
    const block = makeBlock(['one', 'two', 'three'])
    const lines = linesOf(block)
    const { packed, settled } = outlet.ship(block)
    assert.equal(await settled, 'stored')
    const [request] = intake.received
    assert.ok(request)
    assert.deepEqual(linesOf(decodeBlock(request.body)), lines)
    assert.deepEqual(
      [
        request.route,
        request.headers['content-type'],
        request.headers['content-encoding'],
        request.headers['dd-api-key'],
        Number(request.headers['content-length']),
      ],
      ['/api/vigie/v1/logs', 'application/x-vigie-logs', 'zstd', 'test-key', await packed],
    )
    assert.deepEqual(outlet.dropped(), {})
  })

  test('leaves the memory of a block once it is packed', async () => {
    await using intake = await new RecordingIntake().open()
    await intake.close()
    await using outlet = run(intake)
    const block = makeBlock(['original'])
    const { packed, settled } = outlet.ship(block)
    await packed
    block.messages.fill(0)
    await intake.open()
    assert.equal(await settled, 'stored')
    assert.deepEqual(messagesIn(intake.received), ['original'])
  })

  test('has many requests on their way at a time, but not any number', async () => {
    await using intake = await new RecordingIntake().open()
    intake.nextStatus = () => undefined
    await using outlet = run(intake, { forwarder: makeForwarderSettings({ timeoutMs: 60_000 }) })
    const shipments = Array.from({ length: 110 }, (_line, at) => outlet.shipLine(`line ${at}`))
    await Promise.all(shipments.map(({ packed }) => packed))
    while (intake.received.length < 96) await intake.nextRequest()
    assert.equal(intake.connections, 96)
  })

  for (const status of [409, 429, 500, 503, 403, 'cut'] as const) {
    test(`sends again what is answered by ${status}`, async () => {
      await using intake = await new RecordingIntake().open()
      intake.nextStatus = () => (intake.received.length < 2 ? status : 202)
      await using outlet = run(intake)
      assert.equal(await outlet.shipLine('one').settled, 'stored')
      assert.deepEqual(messagesIn(intake.received), ['one', 'one', 'one'])
      assert.deepEqual(outlet.dropped(), {})
    })
  }

  test('delivers all that was shipped while the server was away', async () => {
    await using intake = await new RecordingIntake().open()
    await intake.close()
    await using outlet = run(intake)
    const names = Array.from({ length: 12 }, (_line, at) => `line-${at + 10}`)
    const shipments = names.map(outlet.shipLine)
    await Promise.all(shipments.map(({ packed }) => packed))
    await intake.open()
    await Promise.all(shipments.map(({ settled }) => settled))
    assert.deepEqual(messagesIn(intake.received).toSorted(), names)
  })

  test('asks a server that fails with one request at a time', async () => {
    await using intake = await new RecordingIntake().open()
    intake.nextStatus = () => 503
    await using outlet = run(intake)
    void outlet.shipLine('first')
    await intake.nextRequest()
    void outlet.shipLine('second')
    while (intake.received.length < 4) await intake.nextRequest()
    assert.equal(intake.mostAtATime, 1)
  })

  for (const status of [400, 415, 422]) {
    test(`gives up what is answered by ${status}, and counts its lines`, async () => {
      await using intake = await new RecordingIntake().open()
      intake.nextStatus = () => (intake.received.length === 0 ? status : 202)
      await using outlet = run(intake)
      assert.equal(await outlet.ship(makeBlock(['a', 'b'])).settled, 'refused')
      assert.equal(await outlet.shipLine('c').settled, 'stored')
      assert.deepEqual(outlet.dropped(), { [`server.refused_${status}`]: 2 })
    })
  }

  test('sends in parts what is too long for the server, and loses nothing', async () => {
    await using intake = await new RecordingIntake().open()
    const lines = ['a', 'b', 'c', 'd', 'e']
    intake.nextStatus = (body) => (decodeBlock(body).lineCount > 2 ? 413 : 202)
    await using outlet = run(intake)
    assert.equal(await outlet.ship(makeBlock(lines)).settled, 'stored')
    const stored = intake.received.filter(({ status }) => status === 202)
    assert.deepEqual(
      messagesIn(stored)
        .flatMap((text) => text.split(' '))
        .toSorted(),
      lines,
    )
    assert.deepEqual(outlet.dropped(), {})
  })

  test('does not ask twice whether so long a body is taken', async () => {
    await using intake = await new RecordingIntake().open()
    intake.nextStatus = (body) => (decodeBlock(body).lineCount > 2 ? 413 : 202)
    await using outlet = run(intake)
    await outlet.ship(makeBlock(['a', 'b', 'c', 'd'])).settled
    await outlet.ship(makeBlock(['a', 'b', 'c', 'd'])).settled
    assert.deepEqual(
      intake.received.map(({ status }) => status),
      [413, 202, 202, 202, 202],
    )
  })

  test('gives up a single line that is too long, and stores those around it', async () => {
    await using intake = await new RecordingIntake().open()
    intake.nextStatus = (body) => (messagesOf(decodeBlock(body)).includes('long') ? 413 : 202)
    await using outlet = run(intake)
    assert.equal(await outlet.ship(makeBlock(['a', 'long', 'b'])).settled, 'stored')
    assert.equal(await outlet.shipLine('long').settled, 'refused')
    assert.deepEqual(outlet.dropped(), { 'server.refused_413': 2 })
  })

  for (const [when, end] of [
    ['at the deadline', (outlet: Running) => outlet.reachDeadline()],
    ['when it is closed', (outlet: Running) => outlet.close()],
  ] as const) {
    test(`rejects ${when} what has no answer, and what comes later`, async () => {
      await using intake = await new RecordingIntake().open()
      intake.nextStatus = () => undefined
      await using outlet = run(intake, { forwarder: makeForwarderSettings({ timeoutMs: 60_000 }) })
      const { settled } = outlet.shipLine('one')
      await intake.nextRequest()
      end(outlet)
      await within(1000, assert.rejects(settled, { code: 'STOPPED' }))
      await within(1000, assert.rejects(outlet.shipLine('two').settled, { code: 'STOPPED' }))
    })
  }

  test('counts and refuses what cannot be encoded', async () => {
    await using intake = await new RecordingIntake().open()
    await using outlet = run(intake)
    const broken = { ...makeBlock(['a', 'b']), runs: [] }
    const { packed, settled } = outlet.ship({
      ...broken,
      get messages(): Uint8Array {
        throw new RangeError('no')
      },
    })
    assert.deepEqual([await packed, await settled], [0, 'refused'])
    assert.deepEqual(outlet.dropped(), { 'server.unencodable': 2 })
  })
})
