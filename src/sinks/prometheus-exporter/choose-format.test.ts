import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { acceptsGzip, chooseFormat } from './choose-format.ts'

const prometheus3 =
  'application/openmetrics-text;version=1.0.0;escaping=allow-utf-8;q=0.6,application/openmetrics-text;version=0.0.1;q=0.5,text/plain;version=1.0.0;escaping=allow-utf-8;q=0.4,text/plain;version=0.0.4;q=0.3,*/*;q=0.2'

describe('chooseFormat()', () => {
  const cases: readonly [accept: string | undefined, format: string][] = [
    [undefined, 'text'],
    ['*/*', 'text'],
    ['text/html,application/xhtml+xml,*/*;q=0.8', 'text'],
    [prometheus3, 'openmetrics'],
    ['application/openmetrics-text', 'openmetrics'],
    ['Application/OpenMetrics-Text; Version=1.0.0', 'openmetrics'],
    ['application/openmetrics-text; version=2.0.0', 'text'],
    ['text/plain;version=0.0.4, application/openmetrics-text;q=0.9', 'text'],
    ['application/openmetrics-text;q=0', 'text'],
    ['application/openmetrics-text;q=much', 'text'],
    [',;q=1,', 'text'],
  ]
  for (const [accept, format] of cases)
    test(`answers "${accept}" with ${format}`, () => assert.equal(chooseFormat(accept), format))
})

describe('acceptsGzip()', () => {
  const cases: readonly [header: string | undefined, accepts: boolean][] = [
    [undefined, false],
    ['identity', false],
    ['gzip', true],
    ['deflate, GZIP;q=0.5', true],
    ['gzip;q=0', false],
  ]
  for (const [header, accepts] of cases)
    test(`${accepts ? 'compresses' : 'leaves'} for "${header}"`, () =>
      assert.equal(acceptsGzip(header), accepts))
})
