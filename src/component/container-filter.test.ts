import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { openRules, type ContainerPattern } from './container-rules.ts'
import { createContainerFilter } from './container-filter.ts'

const nginx: ContainerPattern = { field: 'image', pattern: /nginx/ }
const web: ContainerPattern = { field: 'name', pattern: /^web/ }
const anyName: ContainerPattern = { field: 'name', pattern: /.*/ }
const anyImage: ContainerPattern = { field: 'image', pattern: /.*/ }
const anyNamespace: ContainerPattern = { field: 'kube_namespace', pattern: /.*/ }
const container = { image: 'team/nginx:1', name: 'web-1' }

interface Lists {
  readonly include?: readonly ContainerPattern[]
  readonly exclude?: readonly ContainerPattern[]
}

function isWatched(all: Lists, given: Partial<typeof container> = {}): boolean {
  const rules = { ...openRules, all: { include: [], exclude: [], ...all } }
  return createContainerFilter(rules, 'metrics')({ ...container, ...given })
}

describe('createContainerFilter()', () => {
  test('watches everything without lists, and what only an include list names', () => {
    assert.equal(isWatched({}), true)
    assert.equal(isWatched({ include: [web] }, { name: 'db' }), true)
  })

  test('leaves out what an exclude list names, anywhere in the field', () => {
    assert.equal(isWatched({ exclude: [nginx] }), false)
    assert.equal(isWatched({ exclude: [web] }, { name: 'my-web' }), true)
  })

  test('lets an include list beat an exclude list', () => {
    assert.equal(isWatched({ exclude: [anyName, anyImage], include: [web] }), true)
    assert.equal(isWatched({ exclude: [anyName], include: [web] }, { name: 'db' }), false)
  })

  test('never matches an empty field, nor the namespace of a container that has none', () => {
    assert.equal(isWatched({ exclude: [anyImage] }, { image: '' }), true)
    assert.equal(isWatched({ exclude: [anyNamespace] }), true)
    assert.equal(isWatched({ exclude: [anyName], include: [anyImage] }, { image: '' }), false)
  })

  test('compares the namespace of a container that has one', () => {
    const system: ContainerPattern = { field: 'kube_namespace', pattern: /^kube-system$/ }
    const exclude = createContainerFilter(
      { ...openRules, all: { include: [], exclude: [system] } },
      'logs',
    )
    assert.equal(exclude({ ...container, namespace: 'kube-system' }), false)
    assert.equal(exclude({ ...container, namespace: 'shop' }), true)
  })

  test('lets a pattern with a colon find an image without a tag', () => {
    const exclude: readonly ContainerPattern[] = [{ field: 'image', pattern: /nginx:/ }]
    assert.equal(isWatched({ exclude }, { image: 'nginx' }), false)
  })

  test('adds the lists of one purpose to those for all', () => {
    const rules = {
      ...openRules,
      all: { include: [], exclude: [nginx] },
      logs: { include: [web], exclude: [] },
      metrics: { include: [], exclude: [web] },
    }
    assert.equal(createContainerFilter(rules, 'metrics')({ image: 'x', name: 'web' }), false)
    assert.equal(createContainerFilter(rules, 'metrics')(container), false)
    assert.equal(createContainerFilter(rules, 'logs')(container), true)
    assert.equal(createContainerFilter(rules, 'logs')({ image: 'nginx', name: 'x' }), false)
  })
})
