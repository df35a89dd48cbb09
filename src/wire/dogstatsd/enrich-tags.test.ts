import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { splitMagicTags } from './enrich-tags.ts'

describe('splitMagicTags()', () => {
  test('leaves usual tags as they are', () => {
    const tags = ['env:prod', 'hostname:a', 'dd.internal.other:b', 'host']
    assert.deepEqual(splitMagicTags(tags), { tags })
  })

  test('takes those out that mean something else', () => {
    const tags = ['a', 'host:h:1', 'dd.internal.entity_id:u', 'dd.internal.card:low', 'b']
    assert.deepEqual(splitMagicTags([...tags, 'dd.internal.jmx_check_name:cassandra']), {
      tags: ['a', 'b'],
      host: 'h:1',
      entityId: 'u',
      cardinality: 'low',
      jmxCheckName: 'cassandra',
    })
  })

  test('tells an empty host from none', () => {
    assert.equal(splitMagicTags(['host:']).host, '')
    assert.equal(splitMagicTags(['dd.internal.card:low']).host, undefined)
  })

  test('tells nothing of empty ones otherwise', () => {
    const split = splitMagicTags(['dd.internal.entity_id:', 'dd.internal.jmx_check_name:'])
    assert.deepEqual([split.entityId, split.jmxCheckName, split.tags], [undefined, undefined, []])
  })

  test('takes the last of several, but the first cardinality', () => {
    const tags = ['host:a', 'host:b', 'dd.internal.entity_id:c', 'dd.internal.entity_id:d']
    const cardinalities = ['dd.internal.card:', 'dd.internal.card:low', 'dd.internal.card:high']
    const split = splitMagicTags([...tags, ...cardinalities])
    assert.deepEqual([split.host, split.entityId, split.cardinality], ['b', 'd', 'low'])
    assert.deepEqual(split.tags, [])
  })
})
