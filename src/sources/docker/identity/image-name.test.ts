import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { nameImage, parseImageName } from './image-name.ts'

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

describe('nameImage()', () => {
  const names = { repoTags: ['b:1', 'a:2'], repoDigests: [`a@${digest}`] }
  const cases: readonly [
    what: string,
    image: string,
    known: typeof names | undefined,
    name: string,
  ][] = [
    ['the first of its tags', digest, names, 'a:2'],
    ['the name before its digest', digest, { ...names, repoTags: [] }, 'a'],
    [
      'its id when it has no name',
      digest,
      { repoTags: ['<none>:<none>'], repoDigests: [] },
      digest,
    ],
    ['its id when nothing is known', digest, undefined, digest],
    ['what stands behind a short id', '8b0f516c8b0f', names, 'a:2'],
    ['what it was asked for as', 'c:3', names, 'c:3'],
    ['a name that only looks like an id', 'beef', names, 'beef'],
  ]
  for (const [what, image, known, name] of cases)
    test(`gives ${what}`, () => assert.equal(nameImage(image, digest, known), name))
})
