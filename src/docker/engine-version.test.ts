import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { describeEngineVersion, hasApiVersion, readEngineVersion } from './engine-version.ts'

const address = 'unix:///run/docker.sock'

describe('readEngineVersion()', () => {
  for (const [newest, oldest, chosen] of [
    ['1.24', '1.12', '1.24'],
    ['1.41', '1.12', '1.41'],
    ['1.52', '1.44', '1.52'],
    ['1.99', '1.44', '1.52'],
    ['2.0', '1.44', '1.52'],
    ['1.99', '1.52', '1.52'],
  ] as const) {
    test(`asks an engine that speaks ${oldest} to ${newest} in ${chosen}`, () => {
      const json = { Version: '28.2.2', ApiVersion: newest, MinAPIVersion: oldest }
      assert.deepEqual(readEngineVersion(json, address), {
        version: '28.2.2',
        apiVersion: chosen,
        runtime: 'docker',
      })
    })
  }

  for (const [newest, oldest, words] of [
    ['1.23', '1.12', /is too old: it speaks the Engine API up to 1\.23, 1\.24 is the oldest/],
    ['1.9', '1.9', /is too old: .* up to 1\.9,/],
    ['1.60', '1.53', /is too new: it speaks the Engine API from 1\.53, 1\.52 is the newest/],
    ['2.1', '2.0', /is too new: .* from 2\.0,/],
  ] as const) {
    test(`refuses an engine that speaks ${oldest} to ${newest} in one sentence`, () => {
      const json = { Version: 'x', ApiVersion: newest, MinAPIVersion: oldest }
      assert.throws(() => readEngineVersion(json, address), {
        code: 'ENGINE_VERSION',
        message: words,
      })
    })
  }

  test('knows Podman by its components', () => {
    const Components = [{ Name: 'Podman Engine' }, { Name: 'Conmon' }]
    const json = { Version: '4.3.1', ApiVersion: '1.41', MinAPIVersion: '1.24', Components }
    const engine = readEngineVersion(json, address)
    assert.equal(engine.runtime, 'podman')
    assert.equal(describeEngineVersion(engine), 'Podman 4.3.1, API 1.41')
  })

  for (const [what, json] of [
    ['nothing', undefined],
    ['a list', []],
    ['a version that is no version', { Version: '1', ApiVersion: 'newest' }],
  ] as const) {
    test(`asks without a version when the engine answers with ${what}`, () => {
      assert.equal(readEngineVersion(json, address).apiVersion, undefined)
    })
  }
})

describe('hasApiVersion()', () => {
  test('compares numbers, not letters', () => {
    const engine = { version: '', runtime: 'docker' } as const
    assert.equal(hasApiVersion({ ...engine, apiVersion: '1.9' }, '1.41'), false)
    assert.equal(hasApiVersion({ ...engine, apiVersion: '1.41' }, '1.41'), true)
    assert.equal(hasApiVersion({ ...engine, apiVersion: '2.0' }, '1.41'), true)
    assert.equal(hasApiVersion(undefined, '1.41'), true)
  })
})
