import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkForm, checkIndex } from '../../test/agent/check-component.ts'
import { Collected } from '../../test/agent/collected.ts'
import { makeSourceContext, within } from '../../test/agent/environment.ts'
import { noLogDelivery } from '../component/no-log-delivery.ts'
import type { Source, SourceContext } from '../component/source.ts'
import { sources } from './index.ts'

const all: Readonly<Record<string, Source<unknown>>> = sources

/** The clock is a moment before a full second, so that the first tick is near. */
function openContext(signal: AbortSignal): SourceContext & { collected: Collected } {
  const collected = new Collected()
  const aheadMs = 950 - (Date.now() % 1000)
  const clock = (): number => Date.now() + aheadMs
  // A source of logs that nobody takes would have nothing to do.
  const logDelivery = { ...noLogDelivery, hasReceiver: true }
  const context = makeSourceContext({ signal, clock, emit: collected.emit, logDelivery })
  return { ...context, collected }
}

test('every folder with a source is in the index', () => {
  checkIndex(new URL('index.ts', import.meta.url), Object.values(all), 'source.ts')
})

for (const [key, source] of Object.entries(all)) {
  describe(`the source ${key}`, { timeout: 60_000, concurrency: true }, () => {
    test('has the form of a component', () => checkForm(source))

    test('has the name of its key', () => assert.equal(source.name, key))

    test('returns at once, without a word, when it is told to stop before it starts', async () => {
      const context = openContext(AbortSignal.abort())
      await within(1000, source.run(source.config.parse({}), context))
      assert.deepEqual(context.collected.batches, [])
    })

    test('stops within a second while it runs on a host on which nothing is', async () => {
      const stop = new AbortController()
      const context = openContext(stop.signal)
      const running = source.run(source.config.parse({}), context)
      await Promise.race([context.collected.nextBatch(), running])
      stop.abort()
      await within(1000, running)
    })

    test('tells its runs by its own name', async () => {
      const stop = new AbortController()
      const context = openContext(stop.signal)
      const running = source.run(source.config.parse({}), context)
      const told = context.telemetry.snapshot
      while (told().sources.every(({ lastRunAtMs }) => lastRunAtMs === undefined))
        await context.collected.nextBatch()
      stop.abort()
      await within(1000, running)
      assert.deepEqual(
        told().sources.map(({ name }) => name),
        [key],
      )
    })
  })
}
