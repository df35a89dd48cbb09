import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeEngineEvent } from '../../test/agent/engine-event.ts'
import { readRecordedEvents } from '../../test/agent/replay-engine.ts'
import { parseEvent, readExitCode } from './parse-event.ts'

const recorded = readRecordedEvents()

/** The recorded line that has all these texts in it. */
function find(...texts: readonly string[]): string {
  return recorded.find((line) => texts.every((text) => line.includes(text))) ?? ''
}

describe('parseEvent()', () => {
  test('reads a recorded start, its time to the nanosecond', () => {
    const attributes = {
      'com.docker.compose.project': 'fix',
      'com.docker.compose.service': 'limited',
      image: 'busybox:fixture',
      name: 'limited',
    }
    assert.deepEqual(parseEvent(find('"Action":"start"', 'a83348f9102a')), {
      action: 'start',
      detail: '',
      containerId: 'a83348f9102a79b2698b0f8c42bd49439eddd0b84b89d267df4152824613d55a',
      containerName: 'limited',
      image: 'busybox:fixture',
      timeNanos: 1_795_189_550_515_555_770n,
      attributes,
    })
  })

  test('keeps the exit code of a recorded death', () => {
    const event = parseEvent(find('"Action":"die"', '4b10c8d60244'))
    assert.equal(event?.attributes['exitCode'], '137')
  })

  test('cuts the action at the first colon', () => {
    const health = parseEvent(find('health_status: unhealthy'))
    assert.deepEqual([health?.action, health?.detail], ['health_status', 'unhealthy'])
    const exec = parseEvent(find('exec_start: /bin/sh -c echo not ready'))
    assert.deepEqual(
      [exec?.action, exec?.detail],
      ['exec_start', '/bin/sh -c echo not ready; exit 1'],
    )
  })

  test('leaves out what the recording says of images, volumes and networks', () => {
    const others = recorded.filter((line) => !line.includes('"Type":"container"'))
    assert.ok(others.length >= 4)
    for (const line of others) assert.equal(parseEvent(line), undefined)
  })

  test('takes whole seconds where there are no nanoseconds', () => {
    const line = '{"Action":"start","Actor":{"ID":"a"},"time":1795189550}'
    assert.equal(parseEvent(line)?.timeNanos, 1_795_189_550_000_000_000n)
  })

  for (const line of [
    '',
    'not JSON',
    '{}',
    'null',
    '[1]',
    '{"Action":"start"}',
    '{"Type":"container","Action":"prune","Actor":{"ID":"","Attributes":{"reclaimed":"0"}}}',
    '{"Action":5,"Actor":{"ID":"a"}}',
    '{"Action":"start","Actor":{"ID":"a","Attributes":{"name":5}}}',
  ]) {
    test(`reads nothing from ${line || 'an empty line'}`, () =>
      assert.equal(parseEvent(line), undefined))
  }

  test('does not fall over a time that is no whole number', () => {
    const line = '{"Action":"start","Actor":{"ID":"a"},"time":1.5}'
    assert.equal(parseEvent(line)?.timeNanos, 0n)
  })
})

describe('readExitCode()', () => {
  for (const [attributes, exitCode] of [
    [{ exitCode: '0' }, 0],
    [{ exitCode: '137' }, 137],
    [{ containerExitCode: '3' }, 3],
    [{}, undefined],
    [{ exitCode: '' }, undefined],
    [{ exitCode: '1e9' }, undefined],
  ] as const) {
    test(`reads ${exitCode} from ${JSON.stringify(attributes)}`, () =>
      assert.equal(readExitCode(makeEngineEvent('die', { attributes })), exitCode))
  }
})
