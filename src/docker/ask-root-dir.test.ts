import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { askRootDir } from './ask-root-dir.ts'

const { signal } = new AbortController()

describe('askRootDir()', () => {
  for (const [answer, expected] of [
    [{ DockerRootDir: '/data/docker', Driver: 'overlay2' }, '/data/docker'],
    [{ DockerRootDir: '' }, undefined],
    [{}, undefined],
    [undefined, undefined],
  ] as const) {
    test(`reads ${String(expected)} from ${JSON.stringify(answer)}`, async () => {
      const get = (path: string): Promise<unknown> =>
        Promise.resolve(path === '/info' ? answer : undefined)
      assert.equal(await askRootDir({ get }, signal), expected)
    })
  }
})
