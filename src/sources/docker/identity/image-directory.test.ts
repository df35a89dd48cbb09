import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { within } from '../../../../test/agent/environment.ts'
import { ReplayEngine } from '../../../../test/agent/replay-engine.ts'
import { parseEndpoint } from '../../../docker/endpoint.ts'
import { createEngineClient } from '../../../docker/engine-client.ts'
import { ImageDirectory } from './image-directory.ts'

const imageId = `sha256:${'a'.repeat(64)}`
const byId = { image: imageId, imageId }
const path = `/images/${encodeURIComponent(imageId)}/json`

/** A directory that asks this engine, and what it told. */
function open(engine: ReplayEngine): Disposable & {
  readonly images: ImageDirectory
  readonly learnt: readonly string[]
} {
  const learnt: string[] = []
  const client = createEngineClient(parseEndpoint(engine.socketPath, { shouldVerify: false }), 1000)
  const images = new ImageDirectory(client, (id) => learnt.push(id))
  return { images, learnt, [Symbol.dispose]: () => client.close() }
}

describe('ImageDirectory', () => {
  test('asks once for the names of an image that is known by its id alone', async () => {
    await using engine = await new ReplayEngine().start()
    engine.special.set(path, (response) => response.end('{"RepoTags":["team/web:1.2"]}'))
    using opened = open(engine)
    const { images, learnt } = opened
    assert.equal(images.namesOf(imageId), undefined)
    await within(2000, Promise.all([images.learn(byId), images.learn(byId)]))
    await images.learn(byId)
    assert.deepEqual(images.namesOf(imageId), { repoTags: ['team/web:1.2'], repoDigests: [] })
    assert.deepEqual(learnt, [imageId])
    assert.equal(engine.asked.filter((asked) => asked === path).length, 1)
  })

  test('does not ask for one that has a name', async () => {
    await using engine = await new ReplayEngine().start()
    using opened = open(engine)
    await opened.images.learn({ image: 'team/web:1.2', imageId })
    assert.deepEqual(engine.asked, [])
  })

  test('asks again after the engine has failed', async () => {
    await using engine = await new ReplayEngine().start()
    engine.special.set(path, (response) => response.writeHead(500).end('{"message":"busy"}'))
    using opened = open(engine)
    const { images, learnt } = opened
    await images.learn(byId)
    assert.deepEqual(learnt, [])
    engine.special.set(path, (response) => response.end('{"RepoDigests":["web@sha256:1"]}'))
    await images.learn(byId)
    assert.deepEqual(images.namesOf(imageId)?.repoDigests, ['web@sha256:1'])
  })
})
