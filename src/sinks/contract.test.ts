import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { checkForm, checkIndex } from '../../test/agent/check-component.ts'
import { makeSinkContext, within } from '../../test/agent/environment.ts'
import { makePoint } from '../../test/agent/points.ts'
import type { Sink } from '../component/sink.ts'
import type { Batch } from '../model/item.ts'
import { sinks } from './index.ts'

const all: Readonly<Record<string, Sink<unknown>>> = sinks

/** Where the defaults are not for a test: ports, and destinations that are none by default. */
const options: Readonly<Record<string, object>> = {
  otlp: { url: 'http://127.0.0.1:9' },
  'prometheus-exporter': { listen: '127.0.0.1:0' },
  'remote-write': { url: 'http://127.0.0.1:9' },
}

async function* inputOf(...batches: Batch[]): AsyncGenerator<Batch, void, void> {
  yield* batches
}

test('every folder with a sink is in the index', () => {
  checkIndex(new URL('index.ts', import.meta.url), Object.values(all), 'sink.ts')
})

for (const [key, sink] of Object.entries(all)) {
  describe(`the sink ${key}`, { timeout: 60_000 }, () => {
    const config = sink.config.parse(options[key] ?? {})

    test('has the form of a component', () => checkForm(sink))

    test('has the name of its key', () => assert.equal(sink.name, key))

    test('returns when its input ends and there is nothing to send', async () => {
      await within(1000, sink.run(config, inputOf(), makeSinkContext()))
    })

    test('returns at the deadline although the server refuses, and counts what it could not send', async () => {
      const deadline = AbortSignal.timeout(100)
      const context = makeSinkContext({ deadline })
      await within(1000, sink.run(config, inputOf([makePoint(1)]), context))
      const { dropped, bufferedBytes } = context.telemetry.snapshot()
      assert.deepEqual(dropped, deadline.aborted ? { [`${key}.undelivered_at_stop`]: 1 } : {})
      assert.equal(bufferedBytes, 0)
    })
  })
}
