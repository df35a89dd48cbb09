import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { Event } from '../../model/event.ts'
import { decodeEvents } from './decode-events.ts'
import { encodeEvents } from './encode-events.ts'

const nowMs = 1_790_000_000_000

const oom: Event = {
  kind: 'event',
  title: 'web 1 oom on debian-1',
  text: 'OOM\tweb',
  timeMs: 1_789_999_990_000,
  alertType: 'error',
  priority: 'low',
  aggregationKey: 'docker:web',
  source: 'docker',
  host: 'debian-1',
  tags: ['container_name:web'],
}

describe('decodeEvents()', () => {
  test('reads what our own agent writes', () => {
    const events = [oom, { ...oom, source: 'api', title: 'deployed' }]
    assert.deepEqual(decodeEvents(Buffer.from(encodeEvents(events, 'debian-1')), nowMs), {
      events,
      metadata: undefined,
      otherKeys: [],
    })
  })

  test('fills in what is absent: time, host, source, type', () => {
    const body = { events: { my_app: [{ msg_title: 'hello', tags: null }] }, internalHostname: 'h' }
    assert.deepEqual(decodeEvents(Buffer.from(JSON.stringify(body)), nowMs).events, [
      {
        kind: 'event',
        title: 'hello',
        text: '',
        timeMs: nowMs,
        alertType: 'info',
        priority: 'normal',
        aggregationKey: '',
        source: 'my_app',
        host: 'h',
        tags: [],
      },
    ])
  })

  test('names the other contents of a body and takes it without events', () => {
    const body = { apiKey: 'x', internalHostname: 'h', agent_checks: [], gohai: '{}', events: {} }
    assert.deepEqual(decodeEvents(Buffer.from(JSON.stringify(body)), nowMs), {
      events: [],
      metadata: undefined,
      otherKeys: ['agent_checks', 'gohai'],
    })
  })

  test('finds host metadata, whose other contents count as read', () => {
    const body = {
      internalHostname: 'h',
      agentVersion: '7.60.0',
      meta: {},
      gohai: '{}',
      events: {},
    }
    const { metadata, otherKeys } = decodeEvents(Buffer.from(JSON.stringify(body)), nowMs)
    assert.equal(metadata?.host, 'h')
    assert.deepEqual(otherKeys, [])
  })

  test('names the event that does not fit', () => {
    const body = { events: { docker: [{ msg_title: 'x' }, { msg_title: 7 }] } }
    assert.throws(() => decodeEvents(Buffer.from(JSON.stringify(body)), nowMs), {
      name: 'WireError',
      message:
        'Cannot read the events: events.docker[1].msg_title: expected string, received number',
    })
  })
})
