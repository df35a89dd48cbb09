import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../../test/agent/engine-container.ts'
import type { ContainerBoard } from '../../../component/container-board.ts'
import { createContainerBoard } from '../../../component/create-container-board.ts'
import { BoardPublisher } from './board-publisher.ts'
import { makeTags } from './container-tags.ts'

function open(): {
  readonly board: ContainerBoard
  readonly publisher: BoardPublisher
  readonly gone: string[]
} {
  const board = createContainerBoard()
  const gone: string[] = []
  board.follow({ onPut() {}, onGone: (id) => gone.push(id) })
  const imageNameOf = (image: string): string => (image === 'sha256:1' ? 'web:1' : image)
  const publisher = new BoardPublisher({ board, makeTags: (one) => makeTags(one), imageNameOf })
  return { board, publisher, gone }
}

describe('BoardPublisher', () => {
  test('tells of a container that was only created', () => {
    const { board, publisher } = open()
    const log = { driver: 'local', path: '/x', isTty: true, label: '[]' }
    publisher.put(makeContainer({ id: 'a', state: 'created', pid: 0, log }))
    const boarded = board.find('a')
    assert.deepEqual([boarded?.state, boarded?.name, boarded?.log], ['created', 'web', log])
    assert.ok(boarded?.tags.includes('container_name:web'))
  })

  test('names the image of a container that was made from an id', () => {
    const { board, publisher } = open()
    publisher.put(makeContainer({ id: 'a', image: 'sha256:1' }))
    assert.equal(board.find('a')?.image, 'web:1')
  })

  test('takes off what the engine has no more, also what an earlier run had put there', () => {
    const { board, publisher, gone } = open()
    for (const id of ['a', 'b', 'c']) publisher.put(makeContainer({ id }))
    const next = new BoardPublisher({
      board,
      makeTags: (one) => makeTags(one),
      imageNameOf: (image) => image,
    })
    next.replaceAll([makeContainer({ id: 'a' })], ['b'])
    assert.deepEqual(gone, ['c'])
    assert.deepEqual([board.find('b')?.id, board.find('c')], ['b', undefined])
  })

  test('tells that a container is removed, once', () => {
    const { publisher, gone } = open()
    publisher.put(makeContainer({ id: 'a' }))
    publisher.remove('a')
    publisher.remove('a')
    assert.deepEqual(gone, ['a'])
  })
})
