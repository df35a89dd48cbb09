import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { normaliseHost, normaliseMetric, normaliseTags } from './normalise.ts'

describe('normaliseMetric()', () => {
  for (const [given, kept] of [
    ['docker.cpu.usage', 'docker.cpu.usage'],
    ['My App-requests/s', 'My_App_requests_s'],
    ['__1.cpu', 'cpu'],
    ['été', 't_'],
    ['123', ''],
    ['', ''],
    [`a${'b'.repeat(300)}`, `a${'b'.repeat(199)}`],
    ['a\u0000b\nc', 'a_b_c'],
  ] as const) {
    test(`keeps ${JSON.stringify(given.slice(0, 20))} as "${kept.slice(0, 20)}"`, () => {
      assert.equal(normaliseMetric(given), kept)
    })
  }
})

describe('normaliseTags()', () => {
  for (const [given, kept] of [
    ['docker_image:registry:5000/team/web:1.2', 'docker_image:registry:5000/team/web:1.2'],
    ['Env:Prod', 'env:prod'],
    ['team:a b|c', 'team:a_b_c'],
    ['1st:x', 'st:x'],
    ['région:île', 'région:île'],
    ['name:東京', 'name:東京'],
    ['a:😀b', 'a:_b'],
  ] as const) {
    test(`keeps ${given} as ${kept}`, () => assert.deepEqual(normaliseTags([given]), [kept]))
  }

  test('leaves out what has no letter, and what is there already', () => {
    assert.deepEqual(normaliseTags(['', '12:34', ':::', 'A:b', 'a:B', 'a:b']), ['a:b'])
  })

  test('cuts at 200 characters, between characters', () => {
    assert.deepEqual(normaliseTags([`k:${'v'.repeat(500)}`]), [`k:${'v'.repeat(198)}`])
    const [cut = ''] = normaliseTags([`k:${'𝒳'.repeat(300)}`])
    assert.equal(Array.from(cut).length, 200)
    assert.ok(cut.isWellFormed())
  })
})

describe('normaliseHost()', () => {
  test('takes blanks off and cuts at 255 characters', () => {
    assert.equal(normaliseHost(' debian-1\n'), 'debian-1')
    assert.equal(normaliseHost('h'.repeat(300)).length, 255)
  })
})
