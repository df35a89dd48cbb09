import assert from 'node:assert/strict'
import { test } from 'node:test'
import { dogstatsdDefaults } from '../../../../test/agent/dogstatsd-settings.ts'
import { createMetricRules } from '../rules/create-metric-rules.ts'
import { AliasTable, unknown } from './alias-table.ts'
import { BinPool } from './bin-pool.ts'
import { Bucket } from './bucket.ts'
import { ContextGroups } from './context-groups.ts'
import { ContextMaker } from './context-maker.ts'
import { ContextTable } from './context-table.ts'
import { Forgetting } from './forgetting.ts'
import { identify } from './identity.ts'
import { Offenders } from './offenders.ts'
import { OriginTable } from './origin-table.ts'
import { Outbox } from './outbox.ts'
import { SamplePool } from './sample-pool.ts'
import { recordAt, recordInts } from './scan-record.ts'

test('Forgetting finds aliases that move to slots which it has looked at', () => {
  const contexts = new ContextTable(10_000)
  const groups = new ContextGroups(contexts)
  const origins = new OriginTable()
  const aliases = new AliasTable(10_000)
  const rules = createMetricRules(dogstatsdDefaults.rules)
  const senders = { containerOf: () => undefined }
  const offenders = new Offenders()
  const made = { settings: dogstatsdDefaults, rules, senders, contexts, groups, origins, offenders }
  const outbox = new Outbox(new ContextMaker(made), origins)
  const totals = undefined
  const forgetting = new Forgetting({ contexts, groups, origins, aliases, outbox, totals })
  const pools = { bins: new BinPool(100), samples: new SamplePool(100, 10) }
  const open = new Bucket(dogstatsdDefaults, 10_000, pools)
  const keys = new Int32Array(1)
  const recordOf = (key: number, hash: number): Int32Array => {
    keys[0] = key
    const record = new Int32Array(recordInts)
    record[recordAt.words] = 1
    record[recordAt.hash] = hash
    return record
  }

  // Two aliases for the slot before the middle: one of them lies there, the other behind it.
  for (const name of ['a', 'b']) {
    const identity = { type: 'gauge', name, host: undefined, tags: [] } as const
    const context = contexts.make(identity, identify(identity), 0)
    groups.join(context, 0)
    contexts.isDying[context] = 1
    aliases.add(recordOf(context, 2047), 0, { keys, context })
  }
  contexts.startS = 10
  forgetting.start(true)
  forgetting.step(128, open)
  const { rebuilds } = aliases
  for (let key = 10; key < 3000; key += 1)
    aliases.add(recordOf(key, key), 0, { keys, context: key })
  assert.ok(aliases.rebuilds > rebuilds)
  while (forgetting.isBusy) forgetting.step(128, open)

  assert.equal(contexts.size, 0)
  assert.equal(aliases.find(recordOf(0, 2047), 0, keys), unknown)
  assert.equal(aliases.find(recordOf(1, 2047), 0, keys), unknown)
  assert.equal(aliases.find(recordOf(2999, 2999), 0, keys), 2999)
})
