import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseLocalData, type LocalData } from './local-data.ts'

const nothing = { containerId: undefined, cgroupInode: undefined }

const cases: readonly (readonly [string, LocalData])[] = [
  ['', nothing],
  ['abc', { ...nothing, containerId: 'abc' }],
  ['ci-abc', { ...nothing, containerId: 'abc' }],
  ['cid-abc', { ...nothing, containerId: 'abc' }],
  ['ci-', nothing],
  ['cid-', nothing],
  ['in-42', { ...nothing, cgroupInode: '42' }],
  ['in-0042', { ...nothing, cgroupInode: '42' }],
  ['in-18446744073709551615', { ...nothing, cgroupInode: '18446744073709551615' }],
  ['in-18446744073709551616', nothing],
  ['in-0', nothing],
  ['in--1', nothing],
  ['in-x', nothing],
  ['ci-abc,in-42', { containerId: 'abc', cgroupInode: '42' }],
  ['in-42,ci-abc', { containerId: 'abc', cgroupInode: '42' }],
  ['ci-abc,in-x', { ...nothing, containerId: 'abc' }],
  ['ci-a,ci-b', { ...nothing, containerId: 'b' }],
  ['abc,in-42', { ...nothing, cgroupInode: '42' }],
  ['cid-abc,in-42', { ...nothing, cgroupInode: '42' }],
  ['xx-1,,', nothing],
]

describe('parseLocalData()', () => {
  for (const [text, expected] of cases)
    test(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(parseLocalData(text), expected))
})
