import { afterEach, describe, expect, test, vi } from 'vitest'

import { askScalars, askTimeseries } from './metric-answers.ts'

afterEach(() => vi.unstubAllGlobals())

function answerWith(body: unknown, status = 200): ReturnType<typeof vi.fn> {
  const fetched = vi.fn(async () => new Response(JSON.stringify(body), { status }))
  vi.stubGlobal('fetch', fetched)
  return fetched
}

const span = { fromS: 100, toS: 200 }
const series = {
  metric: 'x',
  display_name: 'x',
  aggr: 'avg',
  expression: 'avg:x{*}',
  scope: '*',
  tag_set: ['host:a:1', 'bare'],
  start: 100_000,
  end: 119_999,
  interval: 10,
  length: 2,
  pointlist: [
    [100_000, 1],
    [110_000, null],
  ],
  unit: [
    { family: 'bytes', name: 'byte' },
    { family: 'time', name: 'second' },
  ],
}

describe('askTimeseries()', () => {
  test('tells curves of the same query apart', async () => {
    answerWith({
      status: 'ok',
      message: 'cut',
      series: [series, { ...series, unit: [null, null] }],
    })
    const { curves, note } = await askTimeseries('avg:x{*}', span)
    expect(note).toBe('cut')
    expect(curves[0]).toEqual({
      key: 'avg:x{*}|host:a:1,bare:',
      metric: 'x',
      expression: 'avg:x{*}',
      groups: [
        ['host', 'a:1'],
        ['bare', ''],
      ],
      unit: 'byte/second',
      startS: 100,
      intervalS: 10,
      values: [1, null],
    })
    expect(curves[1]?.key).not.toBe(curves[0]?.key)
    expect(curves[1]?.unit).toBe('')
  })

  test('keeps what the server says of a query, and where', async () => {
    answerWith({ errors: ['a brace is expected'], at: 7 }, 400)
    await expect(askTimeseries('avg:x', span)).rejects.toMatchObject({
      message: 'a brace is expected',
      at: 7,
      status: 400,
    })
  })
})

describe('askScalars()', () => {
  test('asks for one number of each expression, and puts columns side by side', async () => {
    const columns = [
      { type: 'group', name: 'host', values: [['a'], ['b', 'c']] },
      {
        type: 'number',
        name: 'query0',
        values: [1, null],
        meta: { unit: [{ name: 'byte' }, null] },
      },
      { type: 'number', name: 'query1', values: [3, 4], meta: { unit: null } },
    ]
    const fetched = answerWith({ data: { type: 'scalar_response', attributes: { columns } } })
    const table = await askScalars(
      [
        { text: 'avg:x{*} by {host}', reduce: 'max' },
        { text: 'sum:y{*} by {host}', reduce: 'last' },
      ],
      span,
    )
    expect(table).toEqual({
      groupKeys: ['host'],
      units: ['byte', ''],
      rows: [
        { groups: ['a'], values: [1, 3] },
        { groups: ['b,c'], values: [null, 4] },
      ],
    })
    const [, request] = fetched.mock.calls[0] ?? []
    expect(JSON.parse(String(request?.body))).toMatchObject({
      data: {
        type: 'scalar_request',
        attributes: {
          from: 100_000,
          to: 200_000,
          queries: [{ aggregator: 'max' }, { aggregator: 'last', query: 'sum:y{*} by {host}' }],
          formulas: [{ formula: 'query0' }, { formula: 'query1' }],
        },
      },
    })
  })
})
