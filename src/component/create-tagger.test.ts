import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { createTagger } from './create-tagger.ts'
import type { TaggedContainer } from './tagger.ts'

const minuteMs = 60_000

function container(id: string, change: Partial<TaggedContainer> = {}): TaggedContainer {
  return {
    id,
    tags: { low: ['a:1'], orchestrator: ['a:1', 'b:2'], high: ['a:1', 'b:2', `c:${id}`] },
    ...change,
  }
}

function tagged(id: string, containerName: string, tags: readonly string[]): TaggedContainer {
  return container(id, {
    tags: { low: tags, orchestrator: tags, high: [...tags, `c:${id}`] },
    pod: { uid: 'pod-1', containerName },
  })
}

describe('createTagger()', () => {
  test('gives the tags of each cardinality', () => {
    const tagger = createTagger()
    tagger.publish(container('x'))
    assert.deepEqual(tagger.tagsOf('x', 'low'), ['a:1'])
    assert.deepEqual(tagger.tagsOf('x', 'orchestrator'), ['a:1', 'b:2'])
    assert.deepEqual(tagger.tagsOf('x', 'high'), ['a:1', 'b:2', 'c:x'])
    assert.deepEqual(tagger.tagsOf('x', 'none'), [])
    assert.equal(tagger.tagsOf('y', 'low'), undefined)
    assert.equal(tagger.tagsOf('y', 'none'), undefined, 'known and without tags is something else')
  })

  test('finds a container by the number of its cgroup, the one told last', () => {
    const tagger = createTagger()
    tagger.publish(container('x', { cgroupInode: '18446744073709551615' }))
    assert.equal(tagger.findByInode('18446744073709551615'), 'x')
    tagger.publish(container('y', { cgroupInode: '18446744073709551615' }))
    tagger.publish(container('x', { cgroupInode: '7' }))
    assert.equal(tagger.findByInode('18446744073709551615'), 'y')
    assert.equal(tagger.findByInode('7'), 'x')
    assert.equal(tagger.findByInode(''), undefined)
  })

  test('gives a pod the tags that all its running containers share', () => {
    const tagger = createTagger()
    tagger.publish(tagged('x', 'web', ['app:shop', 'image:web']))
    tagger.publish(tagged('y', 'proxy', ['image:proxy', 'app:shop']))
    tagger.publish(tagged('z', 'setup', ['other:1']))
    tagger.retire('z')
    assert.deepEqual(tagger.tagsOfPod('pod-1', 'low'), ['app:shop'])
    assert.deepEqual(tagger.tagsOfPod('pod-1', 'none'), [])
    assert.equal(tagger.tagsOfPod('pod-2', 'low'), undefined)
    assert.equal(tagger.findByPod('pod-1', 'proxy'), 'y')
    assert.equal(tagger.findByPod('pod-1', 'nginx'), undefined)
    tagger.retire('x')
    tagger.retire('y')
    assert.deepEqual(tagger.tagsOfPod('pod-1', 'low'), [], 'once all are gone, those count')
  })

  test('keeps a container for five minutes after its end', () => {
    let nowMs = 0
    const tagger = createTagger(() => nowMs)
    tagger.publish(tagged('x', 'web', ['app:shop']))
    tagger.retire('x')
    nowMs = 5 * minuteMs - 1
    tagger.retire('x')
    tagger.publish(container('y'))
    assert.deepEqual(tagger.tagsOf('x', 'low'), ['app:shop'])
    nowMs += 1
    tagger.publish(container('z'))
    assert.equal(tagger.tagsOf('x', 'low'), undefined)
    assert.equal(tagger.findByPod('pod-1', 'web'), undefined)
    assert.equal(tagger.tagsOfPod('pod-1', 'low'), undefined)
  })

  test('does not forget a container that was started again', () => {
    let nowMs = 0
    const tagger = createTagger(() => nowMs)
    tagger.publish(container('x'))
    tagger.retire('x')
    tagger.publish(container('x'))
    nowMs = 60 * minuteMs
    tagger.publish(container('y'))
    assert.deepEqual(tagger.tagsOf('x', 'low'), ['a:1'])
  })

  test('keeps the 10,000 that went last', () => {
    const tagger = createTagger(() => 0)
    for (let at = 0; at <= 10_001; at += 1) {
      tagger.publish(container(`x${at}`, { cgroupInode: String(at) }))
      tagger.retire(`x${at}`)
    }
    assert.equal(tagger.tagsOf('x1', 'low'), undefined)
    assert.equal(tagger.findByInode('1'), undefined)
    assert.ok(tagger.tagsOf('x2', 'low'))
  })

  test('tells a change once for all that came at one time, and only when something has changed', async () => {
    const tagger = createTagger()
    let changes = 0
    const end = tagger.onChange(() => (changes += 1))
    tagger.publish(container('x'))
    tagger.publish(container('y'))
    assert.equal(changes, 0, 'whoever publishes is not held up')
    await nextTurn()
    assert.equal(changes, 1)
    tagger.publish(container('x'))
    tagger.retire('y')
    await nextTurn()
    assert.equal(changes, 1)
    tagger.publish(container('x', { cgroupInode: '7' }))
    await nextTurn()
    assert.equal(changes, 2)
    end()
    tagger.publish(container('z'))
    await nextTurn()
    assert.equal(changes, 2)
  })
})
