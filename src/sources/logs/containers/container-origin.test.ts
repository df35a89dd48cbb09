import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { isSameOrigin, makeContainerOrigin } from './container-origin.ts'

const host = { hostname: 'box-1', hostTags: ['env:prod'] }
const plain = { tags: [] }
const web = { id: 'a', name: 'web-1', image: 'registry:5000/shop/web:1.2@sha256:ab', tags: [] }

describe('makeContainerOrigin()', () => {
  for (const [what, tags, config, service, source] of [
    ['the short name of the image', [], plain, 'web', 'web'],
    ['its tags', ['service:shop', 'short_image:nginx'], plain, 'shop', 'nginx'],
    [
      'its configuration',
      ['service:shop', 'short_image:nginx'],
      { service: 'a', source: 'b', tags: [] },
      'a',
      'b',
    ],
  ] as const) {
    test(`takes service and source from ${what}`, () => {
      const origin = makeContainerOrigin({ ...web, tags }, config, host)
      assert.deepEqual([origin.service, origin.source], [service, source])
    })
  }

  test('has the tags of the configuration, the container and the host, each once', () => {
    const tags = ['short_image:web', 'team:a']
    const origin = makeContainerOrigin({ ...web, tags }, { tags: ['team:a', 'tier:front'] }, host)
    assert.deepEqual(origin.tags, ['team:a', 'tier:front', 'short_image:web', 'env:prod'])
  })
})

describe('isSameOrigin()', () => {
  const origin = makeContainerOrigin(web, plain, host)
  test('holds for the same once more', () => {
    assert.ok(isSameOrigin(origin, makeContainerOrigin(web, plain, host)))
  })
  for (const change of [{ name: 'web-2' }, { image: 'x' }, { tags: ['a:b'] }]) {
    test(`does not hold after a change of ${Object.keys(change).join()}`, () => {
      assert.ok(!isSameOrigin(origin, makeContainerOrigin({ ...web, ...change }, plain, host)))
    })
  }
})
