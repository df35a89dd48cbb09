import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseImageName } from './image-name.ts'

const digest = `sha256:${'8b0f516c'.repeat(8)}`

describe('parseImageName()', () => {
  const cases: readonly [image: string, name: string, shortName: string, tag?: string][] = [
    ['busybox', 'busybox', 'busybox'],
    ['busybox:1.36', 'busybox', 'busybox', '1.36'],
    ['team/web:1.2', 'team/web', 'web', '1.2'],
    ['registry:5000/team/web:1.2', 'registry:5000/team/web', 'web', '1.2'],
    ['registry:5000/team/web', 'registry:5000/team/web', 'web'],
    ['localhost:5000/web', 'localhost:5000/web', 'web'],
    [`team/web@${digest}`, 'team/web', 'web'],
    [`registry:5000/team/web:1.2@${digest}`, 'registry:5000/team/web', 'web', '1.2'],
    [digest, digest, digest],
    ['8b0f516cd0bc', '8b0f516cd0bc', '8b0f516cd0bc'],
    ['', '', ''],
  ]
  for (const [image, name, shortName, tag] of cases) {
    test(`splits ${JSON.stringify(image)}`, () => {
      const expected = tag === undefined ? { name, shortName } : { name, shortName, tag }
      assert.deepEqual(parseImageName(image), expected)
    })
  }
})
