import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { splitResources } from './split-resources.ts'

describe('splitResources()', () => {
  const cases = [
    { tags: [], expected: { tags: [], resources: [] } },
    {
      tags: ['env:a', 'device_name:x'],
      expected: { tags: ['env:a', 'device_name:x'], resources: [] },
    },
    { tags: ['env:a', 'device:sda'], expected: { tags: ['env:a'], resources: [], device: 'sda' } },
    {
      tags: ['dd.internal.resource:database:pg:1', 'dd.internal.resource:odd'],
      expected: {
        tags: [],
        resources: [
          { type: 'database', name: 'pg:1' },
          { type: 'odd', name: '' },
        ],
      },
    },
  ]
  for (const { tags, expected } of cases)
    test(`divides ${tags.join(', ') || 'nothing'}`, () => {
      assert.deepEqual(splitResources(tags), expected)
    })
})
