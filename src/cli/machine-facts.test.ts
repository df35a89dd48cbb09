import assert from 'node:assert/strict'
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, describe, test } from 'node:test'
import { isSameMachine, readMachineFacts, type MachineFacts } from './machine-facts.ts'

let root = ''
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), 'vigie-machine-'))
})
afterEach(() => rm(root, { recursive: true }))

async function put(path: string, text: string): Promise<void> {
  await mkdir(dirname(join(root, path)), { recursive: true })
  await writeFile(join(root, path), text)
}

describe('readMachineFacts()', () => {
  test('reads the ids and the addresses of cards, none of which can be read from it', async () => {
    await put('etc/machine-id', '0123456789abcdef0123456789abcdef\n')
    await put('sys/class/dmi/id/product_uuid', '4C4C4544-0034-5910-8048-B6C04F4D3332\n')
    await put('sys/class/net/eth0/address', '52:54:00:12:34:56\n')
    await put('sys/class/net/eth0/device/vendor', '0x1af4\n')
    await put('sys/class/net/docker0/address', '02:42:ac:11:00:01\n')
    await put('sys/class/net/lo/address', '00:00:00:00:00:00\n')
    const facts = readMachineFacts(root)
    assert.equal(facts.macs.length, 1)
    assert.ok(facts.machineId)
    assert.ok(facts.productUuid)
    assert.doesNotMatch(JSON.stringify(facts), /0123456789abcdef|4c4c4544|52:54/i)
    assert.deepEqual(readMachineFacts(root), facts)
  })

  test('knows nothing where nothing can be read', () => {
    assert.deepEqual(readMachineFacts(root), { macs: [] })
  })

  test('takes what a maker puts into every machine for nothing', async () => {
    await put('sys/class/dmi/id/product_uuid', '03000200-0400-0500-0006-000700080009\n')
    assert.equal(readMachineFacts(root).productUuid, undefined)
  })
})

describe('isSameMachine()', () => {
  const one: MachineFacts = { machineId: 'm', productUuid: 'p', macs: ['a', 'b'] }
  for (const [what, change, expected] of [
    ['nothing has changed', {}, true],
    ['a card was put in', { macs: ['a', 'b', 'c'] }, true],
    ['all cards are others, but the machine says who it is', { macs: ['c'] }, true],
    ['the system was installed anew', { machineId: 'n' }, true],
    ['the disk was cloned', { productUuid: 'q', macs: ['c'] }, false],
    ['a machine has another id of its own', { productUuid: 'q' }, false],
    ['it runs as a user who may read less', { productUuid: undefined }, true],
    ['a clone runs as a user who may read less', { productUuid: undefined, macs: ['c'] }, false],
    ['nothing can be read', { machineId: undefined, productUuid: undefined, macs: [] }, true],
    [
      'a clone has no cards, and an id of its system',
      { machineId: 'n', productUuid: undefined, macs: [] },
      false,
    ],
    ['only the id of the system can be read', { productUuid: undefined, macs: [] }, true],
  ] as const) {
    test(`${expected ? 'is so' : 'is not so'} when ${what}`, () => {
      const { machineId, productUuid, macs } = { ...one, ...change }
      const now = {
        ...(machineId !== undefined && { machineId }),
        ...(productUuid !== undefined && { productUuid }),
        macs,
      }
      assert.equal(isSameMachine(one, now), expected)
      assert.equal(isSameMachine(now, one), expected)
    })
  }
})
