import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { createConfigMatcher } from './match-config.ts'

const container = {
  name: 'shop-web-1',
  image: 'registry:5000/shop/web:1.2',
  labels: { tier: 'front', 'com.example.team': 'a' },
}

describe('createConfigMatcher()', () => {
  for (const [config, expected] of [
    [{}, true],
    [{ image: 'web' }, true],
    [{ image: 'web:1.2' }, true],
    [{ image: 'shop/web' }, true],
    [{ image: 'registry:5000/shop/web' }, true],
    [{ image: 'registry:5000/shop/web:1.2' }, true],
    [{ image: 'eb' }, false],
    [{ image: 'web:1' }, false],
    [{ image: 'web:latest' }, false],
    [{ label: 'tier' }, true],
    [{ label: 'tier:front' }, true],
    [{ label: 'tier=front' }, true],
    [{ label: 'tier:back' }, false],
    [{ label: 'tier:back, com.example.team=a' }, true],
    [{ label: 'team' }, false],
    [{ name: 'web' }, true],
    [{ name: '^web' }, false],
    [{ name: 'shop-(web' }, false],
    [{ image: 'web', name: '^shop', label: 'tier' }, true],
    [{ image: 'web', name: '^shop', label: 'tier:back' }, false],
  ] as const) {
    test(`${expected ? 'fits' : 'does not fit'} ${JSON.stringify(config)}`, () => {
      assert.equal(createConfigMatcher(config)(container), expected)
    })
  }

  test('takes latest for the tag of an image without one, and looks past a digest', () => {
    const one = { ...container, image: `nginx@sha256:${'0'.repeat(64)}` }
    assert.ok(createConfigMatcher({ image: 'nginx:latest' })({ ...container, image: 'nginx' }))
    assert.ok(createConfigMatcher({ image: 'nginx' })(one))
  })
})
