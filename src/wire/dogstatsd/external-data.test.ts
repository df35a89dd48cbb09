import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { parseExternalData, type ExternalData } from './external-data.ts'

const nothing = { isInit: false, containerName: undefined, podUid: undefined }

const cases: readonly (readonly [string, ExternalData])[] = [
  ['', nothing],
  ['it-false,cn-web,pu-75a2', { isInit: false, containerName: 'web', podUid: '75a2' }],
  ['pu-75a2,cn-web,it-true', { isInit: true, containerName: 'web', podUid: '75a2' }],
  ['it-1', { ...nothing, isInit: true }],
  ['it-yes', nothing],
  ['it-', nothing],
  ['cn-web-1', { ...nothing, containerName: 'web-1' }],
  ['cn-a,cn-b', { ...nothing, containerName: 'b' }],
  ['pu-', nothing],
  ['xx-1,,web', nothing],
]

describe('parseExternalData()', () => {
  for (const [text, expected] of cases)
    test(`reads ${JSON.stringify(text)}`, () => assert.deepEqual(parseExternalData(text), expected))
})
