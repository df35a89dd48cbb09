import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Event } from '../../model/event.ts'
import { decodeEvents } from './decode-events.ts'
import { encodeEvents } from './encode-events.ts'

const event: Event = {
  kind: 'event',
  title: 'busybox 1 die on box-1',
  text: '%%%\nDIE\tweb\n%%%',
  timeMs: 1_795_189_550_000,
  alertType: 'error',
  priority: 'normal',
  aggregationKey: 'docker:busybox',
  source: 'docker',
  host: 'box-1',
  tags: ['container_name:web'],
}

describe('encodeEvents()', () => {
  test('groups events by source, in the names of the intake', () => {
    const api = { ...event, source: 'api' }
    const wire = {
      msg_title: 'busybox 1 die on box-1',
      msg_text: '%%%\nDIE\tweb\n%%%',
      timestamp: 1_795_189_550,
      priority: 'normal',
      host: 'box-1',
      tags: ['container_name:web'],
      alert_type: 'error',
      aggregation_key: 'docker:busybox',
      source_type_name: 'docker',
      event_type: 'docker',
    }
    const wireOfApi = { ...wire, source_type_name: 'api', event_type: 'api' }
    assert.deepEqual(JSON.parse(encodeEvents([event, api, event], 'box-1')), {
      apiKey: '',
      events: { docker: [wire, wire], api: [wireOfApi] },
      internalHostname: 'box-1',
    })
  })

  test('cuts the time to whole seconds', () => {
    const json = encodeEvents([{ ...event, timeMs: 1_795_189_550_999 }], 'box-1')
    assert.equal(JSON.parse(json).events.docker[0].timestamp, 1_795_189_550)
  })

  test('is read by our own intake as it was meant', () => {
    const read = decodeEvents(Buffer.from(encodeEvents([event], 'box-1')), 0)
    assert.deepEqual(read.events, [event])
  })
})
