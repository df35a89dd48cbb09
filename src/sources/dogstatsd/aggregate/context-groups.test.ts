import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { ContextGroups } from './context-groups.ts'
import { ContextTable } from './context-table.ts'
import { identify, type ContextIdentity } from './identity.ts'

const load: ContextIdentity = { type: 'gauge', name: 'load', host: undefined, tags: [] }

class Groups {
  readonly table = new ContextTable(100)
  readonly groups = new ContextGroups(this.table)

  /** A context of a name from an origin, in the group of a tag set. */
  add(name: string, origin: number, tagSet: number): number {
    const identity = { ...load, name }
    const context = this.table.make(identity, identify(identity), origin)
    this.groups.join(context, tagSet)
    return context
  }

  membersOf(context: number): number[] {
    const members: number[] = []
    const head = this.groups.headOf(context)
    for (let each = head; each >= 0; each = this.groups.nextOf(each)) members.push(each)
    return members
  }
}

describe('ContextGroups', () => {
  test('puts together what differs only in origins of one tag set', () => {
    const groups = new Groups()
    const [a, b, c, d] = [
      groups.add('load', 1, 7),
      groups.add('load', 2, 7),
      groups.add('load', 3, 8),
      groups.add('other', 2, 7),
    ]
    assert.deepEqual(groups.membersOf(b), [a, b])
    assert.deepEqual(groups.membersOf(c), [c])
    assert.deepEqual(groups.membersOf(d), [d])
  })

  test('has another head once the head is gone', () => {
    const groups = new Groups()
    const [a, b, c] = [1, 2, 3].map((origin) => groups.add('load', origin, 0))
    groups.groups.leave(a ?? -1)
    assert.deepEqual(new Set(groups.membersOf(b ?? -1)), new Set([b, c]))
    groups.groups.leave(b ?? -1)
    groups.groups.leave(c ?? -1)
    const last = groups.add('load', 4, 0)
    assert.deepEqual(groups.membersOf(last), [last])
  })

  test('moves a context to another group', () => {
    const groups = new Groups()
    const [a = -1, b = -1, c = -1] = [1, 2, 3].map((origin) => groups.add('load', origin, 0))
    groups.groups.leave(b)
    groups.groups.join(b, 5)
    assert.deepEqual(groups.membersOf(a), [a, c])
    assert.deepEqual(groups.membersOf(b), [b])
  })
})
