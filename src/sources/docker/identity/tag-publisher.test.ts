import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../../test/agent/engine-container.ts'
import { createTagger } from '../../../component/create-tagger.ts'
import type { Tagger } from '../../../component/tagger.ts'
import type { EngineContainer } from '../../../docker/parse-inspect.ts'
import { makeTags } from './container-tags.ts'
import { TagPublisher } from './tag-publisher.ts'

const keptMs = 5 * 60_000
const startMs = 1_795_000_100_000

interface Stage {
  readonly tagger: Tagger
  readonly publisher: TagPublisher
  /** Containers whose cgroup was looked for. */
  readonly looks: string[]
  /** Lets the tagger forget what went before. */
  readonly passKept: () => void
}

function open(): Stage {
  let nowMs = startMs
  const clock = (): number => nowMs
  const tagger = createTagger(clock)
  const looks: string[] = []
  const readInode = ({ id, pid }: EngineContainer): string => {
    looks.push(id)
    return String(1000 + pid)
  }
  return {
    tagger,
    publisher: new TagPublisher({ tagger, makeTags: (one) => makeTags(one), readInode, clock }),
    looks,
    passKept() {
      nowMs += keptMs
      tagger.publish({ id: 'other', tags: { low: [], orchestrator: [], high: [] } })
    },
  }
}

describe('TagPublisher', () => {
  test('tells the tags and the cgroup of a running container', () => {
    const { tagger, publisher } = open()
    publisher.put(makeContainer({ id: 'a' }))
    const tags = makeTags(makeContainer({ id: 'a' }))
    for (const cardinality of ['low', 'orchestrator', 'high'] as const)
      assert.deepEqual(tagger.tagsOf('a', cardinality), tags[cardinality])
    assert.equal(tagger.findByInode('1042'), 'a')
  })

  test('looks for the cgroup once for each run', () => {
    const { tagger, publisher, looks } = open()
    publisher.put(makeContainer({ id: 'a' }))
    publisher.put(makeContainer({ id: 'a', name: 'renamed' }))
    assert.deepEqual(looks, ['a'])
    assert.ok(tagger.tagsOf('a', 'high')?.includes('container_name:renamed'))
    publisher.put(makeContainer({ id: 'a', pid: 43 }))
    assert.deepEqual(looks, ['a', 'a'])
    assert.equal(tagger.findByInode('1043'), 'a')
    assert.equal(tagger.findByInode('1042'), undefined)
  })

  test('keeps what has ended for some minutes', () => {
    const { tagger, publisher, passKept } = open()
    publisher.put(makeContainer({ id: 'a' }))
    publisher.put(makeContainer({ id: 'a', state: 'exited', pid: 0, finishedAtMs: startMs }))
    assert.ok(tagger.tagsOf('a', 'low'))
    passKept()
    assert.equal(tagger.tagsOf('a', 'low'), undefined)
  })

  test('keeps a container that runs, however long', () => {
    const { tagger, publisher, passKept } = open()
    publisher.put(makeContainer({ id: 'a' }))
    passKept()
    assert.ok(tagger.tagsOf('a', 'low'))
  })

  test('tells of a container that had ended before the engine could be asked', () => {
    const { tagger, publisher, looks } = open()
    const exited = { state: 'exited', pid: 0 } as const
    publisher.replaceAll(
      [
        makeContainer({ id: 'short', ...exited, finishedAtMs: startMs - 1000 }),
        makeContainer({ id: 'old', ...exited, finishedAtMs: startMs - keptMs }),
        makeContainer({ id: 'new', state: 'created', pid: 0 }),
      ],
      [],
    )
    assert.ok(tagger.tagsOf('short', 'low'))
    assert.equal(tagger.tagsOf('old', 'low'), undefined)
    assert.equal(tagger.tagsOf('new', 'low'), undefined)
    assert.deepEqual(looks, [])
  })

  test('lets go of what the engine no longer lists, and of all at its end', () => {
    const { tagger, publisher, passKept } = open()
    publisher.replaceAll(
      ['a', 'b', 'c'].map((id) => makeContainer({ id })),
      [],
    )
    publisher.replaceAll([makeContainer({ id: 'a' })], ['b'])
    passKept()
    assert.ok(tagger.tagsOf('a', 'low'))
    assert.ok(tagger.tagsOf('b', 'low'), 'the engine has it but could not describe it')
    assert.equal(tagger.tagsOf('c', 'low'), undefined)
    publisher.close()
    passKept()
    assert.equal(tagger.tagsOf('a', 'low'), undefined)
  })

  test('knows the pod of a container, but not of the one that holds its network', () => {
    const { tagger, publisher } = open()
    const labels = (containerName: string): Record<string, string> => ({
      'io.kubernetes.pod.uid': 'pod-1',
      'io.kubernetes.container.name': containerName,
    })
    publisher.put(makeContainer({ id: 'a', labels: labels('web') }))
    publisher.put(makeContainer({ id: 'b', image: 'pause', labels: labels('POD') }))
    assert.equal(tagger.findByPod('pod-1', 'web'), 'a')
    assert.ok(tagger.tagsOfPod('pod-1', 'low')?.includes('short_image:web'))
  })
})
