import assert from 'node:assert/strict'
import { beforeEach, describe, test } from 'node:test'
import { sampleContainer } from '../../test/server/open-test-server.ts'
import { ContainerLists } from './container-lists.ts'

let lists = new ContainerLists()
beforeEach(() => {
  lists = new ContainerLists()
})

/** One message; gives `full` or the ids that are gone, each as its digit. */
function take(digits: string, groupId: number, groupSize: number, host = 'h'): string {
  const containers = Array.from(digits, (digit) => sampleContainer(digit))
  const known = (): string[] => Array.from('abcd', (digit) => digit.repeat(64))
  const told = { host, groupId, groupSize, containers }
  const { isFull, removedIds } = lists.take(told, 0, known)
  return isFull ? 'full' : removedIds.map((id) => id[0]).join('')
}

describe('ContainerLists', () => {
  test('takes a message alone as the whole list', () => {
    assert.equal(take('ab', 1, 1), 'full')
    assert.equal(take('ab', 1, 0), 'full')
  })

  test('knows what is gone with the last message of a list, in any order of lists', () => {
    assert.equal(take('a', 1, 3), '')
    assert.equal(take('b', 2, 2, 'other'), '')
    assert.equal(take('b', 1, 3), '')
    assert.equal(take('c', 1, 3), 'd')
    assert.equal(take('c', 2, 2, 'other'), 'ad')
  })

  test('forgets a list that never became whole', () => {
    take('ab', 1, 2)
    assert.equal(take('a', 2, 2), '')
    assert.equal(take('c', 2, 2), 'bd')
    take('ab', 3, 2)
    assert.equal(take('a', 4, 1), 'full')
    assert.equal(take('c', 3, 2), '')
  })

  test('leaves out what has no id of a container', () => {
    const odd = { ...sampleContainer('a'), id: 'garden-1' }
    const told = { host: 'h', groupId: 1, groupSize: 1, containers: [odd, sampleContainer('b')] }
    const { containers } = lists.take(told, 0, () => [])
    assert.deepEqual(
      containers.map(({ name }) => name),
      ['web-b'],
    )
  })
})
