import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { dogstatsdDefaults } from '../../../../test/agent/dogstatsd-settings.ts'
import type { DogstatsdSettings } from '../../../component/dogstatsd-settings.ts'
import { createTagger } from '../../../component/create-tagger.ts'
import type { TaggedContainer, Tagger } from '../../../component/tagger.ts'
import type { Origin } from '../worker-messages.ts'
import { resolveOrigin } from './resolve-origin.ts'

const podUid = '3413883c-ac60-44ab-96e0-9e52e4e173e2'

/** Two containers of a pod, and one that is in none. */
function makeTagger(): Tagger {
  const tagger = createTagger()
  const publish = (id: string, more: Partial<TaggedContainer> = {}): void => {
    const low = ['host:all', `low:${id}`]
    const orchestrator = [...low, `orch:${id}`]
    tagger.publish({
      id,
      tags: { low, orchestrator, high: [...orchestrator, `high:${id}`] },
      ...more,
    })
  }
  publish('web', { cgroupInode: '4026531835', pod: { uid: podUid, containerName: 'web' } })
  publish('side', {
    cgroupInode: '18446744073709551615',
    pod: { uid: podUid, containerName: 'side' },
  })
  publish('alone', { cgroupInode: '99' })
  return tagger
}

const tagger = makeTagger()
const web = ['host:all', 'low:web']
const side = ['host:all', 'low:side']
const alone = ['host:all', 'low:alone']
const pod = ['host:all']
const external = `it-false,cn-side,pu-${podUid}`

interface Case {
  readonly name: string
  readonly origin: Omit<Origin, 'id'>
  readonly settings?: Partial<DogstatsdSettings['origin']>
  readonly tags: readonly string[]
  readonly isMissing?: true
}

const legacy: readonly Case[] = [
  { name: 'nothing told', origin: {}, tags: [] },
  { name: 'the sender by its credentials', origin: { senderContainerId: 'alone' }, tags: alone },
  { name: 'the client by its id', origin: { localData: 'ci-web' }, tags: web },
  { name: 'by a bare id', origin: { localData: 'web' }, tags: web },
  { name: 'by the id of traces', origin: { localData: 'cid-web' }, tags: web },
  { name: 'by its cgroup', origin: { localData: 'in-99' }, tags: alone },
  { name: 'by a cgroup above 2^53', origin: { localData: 'in-18446744073709551615' }, tags: side },
  { name: 'the id before the cgroup', origin: { localData: 'in-99,ci-web' }, tags: web },
  { name: 'by pod and name', origin: { externalData: external }, tags: side },
  {
    name: 'local data before external',
    origin: { localData: 'ci-web', externalData: external },
    tags: web,
  },
  {
    name: 'a pod without a name is no container',
    origin: { externalData: `pu-${podUid}` },
    tags: [],
  },
  { name: 'the pod', origin: { entityId: podUid }, tags: pod },
  {
    name: 'the pod before the container',
    origin: { entityId: podUid, localData: 'ci-web' },
    tags: pod,
  },
  { name: 'the client wants none', origin: { entityId: 'none', localData: 'ci-web' }, tags: [] },
  {
    name: 'sender and client together, no tag twice',
    origin: { senderContainerId: 'alone', localData: 'ci-web' },
    tags: [...alone, 'low:web'],
  },
  {
    name: 'sender and pod together',
    origin: { senderContainerId: 'alone', entityId: podUid },
    tags: alone,
  },
  {
    name: 'the pod instead of the sender',
    origin: { senderContainerId: 'alone', entityId: podUid },
    settings: { hasEntityPrecedence: true },
    tags: pod,
  },
  {
    name: 'none at all',
    origin: { senderContainerId: 'alone', entityId: 'none' },
    settings: { hasEntityPrecedence: true },
    tags: [],
  },
  {
    name: 'precedence without an entity',
    origin: { senderContainerId: 'alone' },
    settings: { hasEntityPrecedence: true },
    tags: alone,
  },
  { name: 'an unknown sender', origin: { senderContainerId: 'gone' }, tags: [], isMissing: true },
  {
    name: 'an unknown sender and a known client',
    origin: { senderContainerId: 'gone', localData: 'ci-web' },
    tags: web,
    isMissing: true,
  },
  { name: 'an unknown cgroup', origin: { localData: 'in-7' }, tags: [], isMissing: true },
  { name: 'an unknown pod', origin: { entityId: 'pod-9' }, tags: [], isMissing: true },
  {
    name: 'an id that is unknown, though the cgroup is not',
    origin: { localData: 'ci-gone,in-99' },
    tags: [],
    isMissing: true,
  },
  { name: 'what cannot be read', origin: { localData: 'in-x', externalData: 'pu-' }, tags: [] },
]

const unified: readonly Case[] = [
  { name: 'nothing told', origin: {}, tags: [] },
  {
    name: 'the sender first',
    origin: {
      senderContainerId: 'alone',
      localData: 'ci-web',
      externalData: external,
      entityId: podUid,
    },
    tags: alone,
  },
  {
    name: 'then local data',
    origin: {
      senderContainerId: 'gone',
      localData: 'ci-web',
      externalData: external,
      entityId: podUid,
    },
    tags: web,
    isMissing: true,
  },
  {
    name: 'local data by the cgroup',
    origin: { localData: 'in-99', entityId: podUid },
    tags: alone,
  },
  {
    name: 'then the container of external data',
    origin: { localData: 'ci-gone', externalData: external, entityId: podUid },
    tags: side,
    isMissing: true,
  },
  {
    name: 'then the pod of the tag',
    origin: { externalData: 'cn-nobody,pu-pod-9', entityId: podUid },
    tags: pod,
    isMissing: true,
  },
  {
    name: 'then the pod of external data',
    origin: { externalData: `cn-nobody,pu-${podUid}`, entityId: 'pod-9' },
    tags: pod,
    isMissing: true,
  },
  {
    name: 'an entity of none is no pod',
    origin: { entityId: 'none', localData: 'ci-web' },
    tags: web,
  },
  {
    name: 'precedence has no say',
    origin: { senderContainerId: 'alone', entityId: podUid },
    settings: { hasEntityPrecedence: true },
    tags: alone,
  },
  {
    name: 'nothing known',
    origin: { senderContainerId: 'gone', externalData: 'pu-pod-9' },
    tags: [],
    isMissing: true,
  },
]

const cardinalities: readonly Case[] = [
  { name: 'low', origin: { localData: 'ci-web', cardinality: 'low' }, tags: web },
  {
    name: 'orchestrator',
    origin: { localData: 'ci-web', cardinality: 'orchestrator' },
    tags: [...web, 'orch:web'],
  },
  {
    name: 'orch',
    origin: { localData: 'ci-web', cardinality: 'orch' },
    tags: [...web, 'orch:web'],
  },
  {
    name: 'high, in capitals',
    origin: { localData: 'ci-web', cardinality: 'HIGH' },
    tags: [...web, 'orch:web', 'high:web'],
  },
  {
    name: 'that of the configuration where none is told',
    origin: { localData: 'ci-web' },
    settings: { cardinality: 'high' },
    tags: [...web, 'orch:web', 'high:web'],
  },
  {
    name: 'that of the configuration where it cannot be read',
    origin: { localData: 'ci-web', cardinality: 'medium' },
    settings: { cardinality: 'orchestrator' },
    tags: [...web, 'orch:web'],
  },
  {
    name: 'low where the configuration says high',
    origin: { localData: 'ci-web', cardinality: 'low' },
    settings: { cardinality: 'high' },
    tags: web,
  },
  { name: 'none', origin: { senderContainerId: 'web', cardinality: 'none' }, tags: [] },
  {
    name: 'none, of one that is unknown',
    origin: { senderContainerId: 'gone', cardinality: 'none' },
    tags: [],
  },
  {
    name: 'none without opt-out',
    origin: { senderContainerId: 'gone', cardinality: 'none' },
    settings: { mayOptOut: false },
    tags: [],
    isMissing: true,
  },
  {
    name: 'none, unified, without opt-out',
    origin: { senderContainerId: 'gone', cardinality: 'none' },
    settings: { mayOptOut: false, isUnified: true },
    tags: [],
  },
  {
    name: 'none by the configuration',
    origin: { senderContainerId: 'web' },
    settings: { cardinality: 'none' },
    tags: [],
  },
]

const tables = [
  ['in the order of old', legacy, { isUnified: false }],
  ['on the ladder', unified, { isUnified: true }],
  ['with a cardinality', cardinalities, {}],
] as const

describe('resolveOrigin()', () => {
  for (const [title, cases, common] of tables) {
    describe(title, () => {
      for (const { name, origin, settings, tags, isMissing = false } of cases) {
        test(name, () => {
          const options = { ...dogstatsdDefaults.origin, ...common, ...settings }
          const resolved = resolveOrigin({ id: 1, ...origin }, tagger, options)
          assert.deepEqual(resolved, { tags, isMissing })
        })
      }
    })
  }
})
