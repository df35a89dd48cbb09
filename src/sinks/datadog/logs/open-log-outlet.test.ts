import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as turn } from 'node:timers/promises'
import { makeForwarderSettings, makeSinkContext } from '../../../../test/agent/environment.ts'
import { makeBlock } from '../../../../test/agent/log-blocks.ts'
import { PlainIntake } from '../../../../test/agent/plain-intake.ts'
import type { LogOutlet, SinkContext } from '../../../component/sink.ts'
import { openLogOutlet } from './open-log-outlet.ts'

/** A destination of a test: an intake, and whether it is a reliable one. */
interface To {
  readonly intake: PlainIntake
  readonly isReliable: boolean
}

function contextFor(to: readonly To[], change: Partial<SinkContext> = {}): SinkContext {
  const context = makeSinkContext(change)
  const { datadog } = context
  const destinations = to.map(({ intake, isReliable }) => ({
    url: intake.url,
    apiKey: 'key',
    isReliable,
  }))
  return { ...context, datadog: { ...datadog, logs: { ...datadog.logs, destinations } } }
}

function open(context: SinkContext): LogOutlet {
  const outlet = openLogOutlet(context)
  assert.ok(outlet)
  return outlet
}

async function openIntake(answer = 202): Promise<PlainIntake> {
  const intake = await new PlainIntake().open()
  intake.answer = () => answer
  return intake
}

function messagesIn(intake: PlainIntake): readonly string[] {
  return intake
    .bodiesOf('/api/v2/logs')
    .flatMap((body) => JSON.parse(String(body)).map((line: { message: string }) => line.message))
}

describe('the logs of the sink datadog', { timeout: 60_000 }, () => {
  test('go as JSON to every destination, with the headers of the Agent', async () => {
    await using first = await openIntake()
    await using second = await openIntake()
    const to = [first, second].map((intake) => ({ intake, isReliable: true }))
    const outlet = open(contextFor(to, { clock: () => 1_795_189_560_000 }))
    const shipment = outlet.ship(makeBlock(['a', 'b', 'c'], { linesOfARun: 3 }))
    assert.equal(await shipment.settled, 'stored')
    assert.ok((await shipment.packed) > 0)
    await second.seen(1)
    assert.deepEqual(messagesIn(first), messagesIn(second))
    const [taken] = first.received
    const expected = {
      'content-type': 'application/json',
      'content-encoding': 'zstd',
      'dd-api-key': 'key',
      'user-agent': 'datadog-agent/7.74.0 vigie/0.0.0-test',
      'dd-protocol': 'agent-json',
      'dd-evp-origin': 'agent',
      'dd-evp-origin-version': '7.74.0',
      'dd-message-timestamp': '1795189550000',
      'dd-current-timestamp': '1795189560000',
    }
    for (const [name, value] of Object.entries(expected)) assert.equal(taken?.headers[name], value)
    outlet.close()
  })

  test('are delivered once one reliable destination has them, though another is away', async () => {
    await using well = await openIntake()
    await using ill = await openIntake(500)
    const to = [ill, well].map((intake) => ({ intake, isReliable: true }))
    const outlet = open(contextFor(to))
    assert.equal(await outlet.ship(makeBlock(['a'])).settled, 'stored')
    outlet.close()
  })

  test('are not delivered by one that is not reliable', async () => {
    await using reliable = await openIntake(500)
    await using unreliable = await openIntake()
    const outlet = open(
      contextFor([
        { intake: reliable, isReliable: true },
        { intake: unreliable, isReliable: false },
      ]),
    )
    const { settled } = outlet.ship(makeBlock(['a']))
    const settledNow = (): Promise<unknown> => Promise.race([settled, turn('not yet')])
    await unreliable.seen(1)
    await reliable.seen(2)
    assert.equal(await settledNow(), 'not yet')
    reliable.answer = () => 202
    assert.equal(await settled, 'stored')
    outlet.close()
  })

  for (const status of [400, 401, 403, 413])
    test(`are refused for good with ${status}, and counted`, async () => {
      await using intake = await openIntake(status)
      const context = contextFor([{ intake, isReliable: true }])
      const outlet = open(context)
      assert.equal(await outlet.ship(makeBlock(['a', 'b'])).settled, 'refused')
      const { dropped } = context.telemetry.snapshot()
      assert.deepEqual(dropped, { [`datadog.logs.refused_${status}`]: 2 })
      outlet.close()
    })

  test('do not wait without bound for one destination while another takes them', async () => {
    await using well = await openIntake()
    await using ill = await openIntake(500)
    const to = [well, ill].map((intake) => ({ intake, isReliable: true }))
    const context = contextFor(to, { forwarder: makeForwarderSettings({ memoryBytes: 1 }) })
    const outlet = open(context)
    for (const message of ['a', 'b', 'c'])
      assert.equal(await outlet.ship(makeBlock([message])).settled, 'stored')
    const { dropped } = context.telemetry.snapshot()
    assert.deepEqual(dropped, { 'datadog.logs.2.buffer_full': 2 })
    assert.equal(messagesIn(well).length, 3)
    outlet.close()
  })

  test('keep to the batches of the settings; a line that alone is too long is counted', async () => {
    await using intake = await openIntake()
    const context = contextFor([{ intake, isReliable: true }])
    const { datadog } = context
    const logs = { ...datadog.logs, batchLines: 2, batchBytes: 1000 }
    const outlet = open({ ...context, datadog: { ...datadog, logs } })
    const messages = ['a', 'b', 'c', 'x'.repeat(1000), 'd']
    assert.equal(await outlet.ship(makeBlock(messages, { linesOfARun: 9 })).settled, 'stored')
    const counts = intake.bodiesOf('/api/v2/logs').map((body) => JSON.parse(String(body)).length)
    assert.deepEqual(
      counts.toSorted((one, other) => one - other),
      [1, 1, 2],
    )
    assert.deepEqual(context.telemetry.snapshot().dropped, { 'datadog.logs.too_long': 1 })
    outlet.close()
  })

  test('are to be read again when the agent stops before an answer', async () => {
    await using intake = await openIntake(500)
    const outlet = open(contextFor([{ intake, isReliable: true }]))
    const { settled } = outlet.ship(makeBlock(['a']))
    await intake.seen(1)
    outlet.close()
    await assert.rejects(settled, { code: 'STOPPED' })
  })
})
