import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { makeContainer } from '../../../../test/agent/engine-container.ts'
import { openRules } from '../../../component/container-rules.ts'
import { createIdentity } from './create-identity.ts'

describe('createIdentity()', () => {
  const container = makeContainer({ image: `sha256:${'1'.repeat(64)}` })
  const rules = {
    ...openRules,
    all: { include: [], exclude: [{ field: 'image', pattern: /^team\/web/ } as const] },
    labelsAsTags: { 'Org.Example.Auth': 'auth', 'org.example.*': 'all' },
    envAsTags: { AUTH_MODE: 'mode' },
  }

  test('looks at the name of an image for tags and filters alike', () => {
    const imageNamesOf = () => ({ repoTags: ['team/web:1'], repoDigests: [] })
    const known = createIdentity(rules, { imageNamesOf, engineTags: () => ['a:b'] })
    assert.equal(known.isWatched(container), false)
    const { low } = known.makeTags(container)
    assert.ok(low.includes('docker_image:team/web:1') && low.includes('a:b'))
    assert.equal(createIdentity(rules).isWatched(container), true)
  })

  test('names what is asked for in full, and no pattern', () => {
    assert.deepEqual([...createIdentity(rules).publicNames], ['org.example.auth', 'auth_mode'])
  })
})
