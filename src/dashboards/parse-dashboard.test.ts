import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import type { LeftOut, Widget } from '../api/contract/dashboards.ts'
import { parseDashboard, readDashboard, type ParsedDashboard } from './parse-dashboard.ts'

/** A dashboard of one widget. */
function read(
  definition: Readonly<Record<string, unknown>>,
  variables: readonly unknown[] = [{ name: 'host', prefix: 'host' }],
): ParsedDashboard {
  return readDashboard({ title: 't', template_variables: variables, widgets: [{ definition }] })
}

/** A widget of which something cannot be shown, how many of its parts are, and why not the rest. */
const faulty: readonly (readonly [
  definition: Readonly<Record<string, unknown>>,
  shown: number,
  reason: RegExp,
])[] = [
  [{ type: 'iframe', url: 'https://example.com' }, 0, /^widgets of this type cannot be shown$/],
  [{ title: 'x' }, 0, /^its definition has no type$/],
  [{ type: 'constructor' }, 0, /^widgets of this type cannot be shown$/],
  [{ type: 'timeseries' }, 0, /^it has no requests$/],
  [{ type: 'timeseries', requests: 'avg:a{*}' }, 0, /^it has no requests$/],
  [{ type: 'timeseries', requests: [{}] }, 0, /neither "q" nor "queries"/],
  [{ type: 'timeseries', requests: [{ apm_query: {} }, { q: 'a{*}' }] }, 1, /is a apm_query; only/],
  [
    {
      type: 'timeseries',
      requests: [{ queries: [{ data_source: 'logs', name: 'a' }], formulas: [{ formula: 'a' }] }],
    },
    0,
    /asks the data source logs; only metrics/,
  ],
  [{ type: 'query_value', requests: [{ q: 'avg:a{' }] }, 0, /^Cannot read the query at its end: /],
  [
    { type: 'timeseries', requests: [{ q: 'avg:a{*}' }, { q: "anomalies(avg:a{*}, 'basic', 2)" }] },
    1,
    /^Cannot read the query at character 1/,
  ],
  [
    { type: 'timeseries', requests: [{ q: 'avg:a{$env}' }] },
    0,
    /^\$env is none of the dashboard's template variables$/,
  ],
  [
    { type: 'timeseries', requests: [{ q: `avg:${'a'.repeat(10_000)}{*}` }] },
    0,
    /^its query has 10007 characters, at most 10000/,
  ],
  [
    {
      type: 'query_value',
      requests: [
        {
          queries: [{ data_source: 'metrics', name: 'a', query: 'avg:a{*}' }],
          formulas: [{ formula: 'a / b' }],
        },
      ],
    },
    0,
    /^its formula names b, and there is no such query$/,
  ],
  [
    {
      type: 'query_value',
      requests: [
        {
          queries: [{ data_source: 'metrics', name: 'a', query: `avg:${'m'.repeat(5000)}{*}` }],
          formulas: [{ formula: Array.from({ length: 50_000 }, () => 'a').join('+') }],
        },
      ],
    },
    0,
    /^its formula stands for more than the 10000 characters/,
  ],
  [{ type: 'toplist', requests: [{ q: 'avg:a{*}, avg:b{*}' }] }, 1, /^all but the first of its 2/],
  [
    { type: 'timeseries', requests: [{ q: 'a{*}', on_right_yaxis: true }] },
    1,
    /^the axis at its right/,
  ],
  [
    { type: 'timeseries', requests: [{ q: 'a{*}' }], yaxis: { scale: 'sqrt' } },
    1,
    /^its axis in the scale sqrt/,
  ],
  [
    { type: 'timeseries', requests: [{ q: 'a{*}' }], markers: [{ value: 'x > 3' }] },
    1,
    /^its marker "x > 3"/,
  ],
  [
    { type: 'timeseries', requests: [{ q: 'a{*}' }], events: [{ q: 'a OR' }] },
    1,
    /^Cannot read the query at its end/,
  ],
  [
    { type: 'timeseries', requests: [{ q: 'a{*}' }], events: [{ q: 'a' }, { q: 'b' }] },
    1,
    /^its second search for events/,
  ],
  [
    { type: 'note', content: '', time: { type: 'fixed', from: 1, to: 2 } },
    1,
    /^its time, fixed: it shows that of the page$/,
  ],
  [{ type: 'note', content: '', time: { live_span: 'week_to_date' } }, 1, /^its time, week_to_d/],
  [{ type: 'event_stream', query: '(' }, 0, /^Cannot read the query/],
  [{ type: 'log_stream', query: '$nobody' }, 0, /^\$nobody is none of/],
  [
    { type: 'list_stream', requests: [{ query: { data_source: 'rum_stream' } }] },
    0,
    /^it lists rum_stream; logs_stream and event_stream/,
  ],
]

describe('readDashboard()', () => {
  for (const [definition, shown, reason] of faulty) {
    test(`says ${reason.source}`, () => {
      const dashboard = read({ title: 'its title', ...definition })
      const [first, ...others] = dashboard.leftOut
      assert.match(first?.reason ?? '', reason)
      assert.deepEqual(
        [first?.type, first?.title],
        [definition['type'] ?? '', definition['title'] ?? 'its title'],
      )
      assert.equal(others.length, 0)
      assert.equal(dashboard.widgetCount, shown)
    })
  }

  test('reads groups within groups, each with ids and places of its own', () => {
    const note = { definition: { type: 'note', content: 'n' } }
    const inner = {
      definition: { type: 'group', title: 'hidden', show_title: false, widgets: [note, note] },
    }
    const layout = { x: 0, y: 0, width: 6, height: 9 }
    const dashboard = readDashboard({
      widgets: [{ definition: { type: 'group', title: 'outer', widgets: [note, inner] }, layout }],
    })
    assert.deepEqual(outline(dashboard.widgets), [
      '1 outer 0,0,6,6',
      '1.1  0,0,4,2',
      '1.2  0,2,12,3',
      '1.2.1  0,0,4,2',
      '1.2.2  4,0,4,2',
    ])
    assert.equal(dashboard.widgetCount, 3)
  })

  test('reads the columns of a group as those it has', () => {
    const child = (x: number): unknown => ({
      definition: { type: 'note', content: 'n' },
      layout: { x, y: 0, width: 2, height: 1 },
    })
    const dashboard = readDashboard({
      widgets: [
        {
          definition: { type: 'group', title: 'g', widgets: [child(2), child(0)] },
          layout: { x: 8, y: 0, width: 4, height: 2 },
        },
      ],
    })
    assert.deepEqual(outline(dashboard.widgets), ['1 g 8,0,4,2', '1.2  0,0,6,1', '1.1  6,0,6,1'])
  })

  test('reads variables, with one default or several', () => {
    const { variables, leftOut } = readDashboard({
      widgets: [],
      template_variables: [
        { name: 'host', prefix: 'host', default: '*', available_values: ['a', 7, 'b'] },
        { name: 'scope', prefix: null, default: null },
        { name: 'env', prefix: 'env', defaults: ['prod', 'test'], available_values: null },
        { name: 'env', prefix: 'other' },
        { name: 'git.repo', prefix: 'git.repo' },
        { name: 'by', prefix: 'host', type: 'group' },
        { name: 'a b' },
        'text',
      ],
    })
    assert.deepEqual(variables, [
      { name: 'host', tag: 'host', defaults: ['*'], allowed: ['a', 'b'] },
      { name: 'scope', tag: '', defaults: [], allowed: [] },
      { name: 'env', tag: 'env', defaults: ['prod', 'test'], allowed: [] },
      { name: 'git.repo', tag: 'git.repo', defaults: [], allowed: [] },
    ])
    assert.deepEqual(
      leftOut.map(({ type, title, reason }) => `${type} ${title}: ${reason}`),
      [
        'template_variable env: another one before it has its name',
        'template_variable by: keys to group by cannot be chosen yet',
        'template_variable a b: its name is not of letters, digits, _, - and single dots',
      ],
    )
  })

  test('bears fields of the wrong kind', () => {
    const dashboard = readDashboard({
      title: 7,
      description: [],
      template_variables: { name: 'x' },
      widgets: [
        7,
        null,
        'text',
        {},
        { definition: [] },
        { definition: { type: 'timeseries', title: {}, requests: [1, { q: 7 }, { queries: {} }] } },
        { definition: { type: 'group', widgets: 'none' }, layout: 'wide' },
        {
          definition: { type: 'note', content: 7, font_size: {} },
          layout: { x: -1, y: 'a', width: 0, height: 1e300 },
        },
        {
          definition: { type: 'query_value', precision: 'x', requests: [{ q: 'a{*}', limit: {} }] },
          layout: { x: 1e9, y: 1e9, width: 1e9, height: 1e9 },
        },
      ],
    })
    assert.equal(dashboard.title, '')
    assert.deepEqual(outline(dashboard.widgets), ['8  0,0,4,2', '9  6,2,6,6'])
    assert.equal(dashboard.leftOut.length, 7)
  })

  test('reads no more widgets than it may, nor groups deeper', () => {
    const note = { definition: { type: 'note', content: 'n' } }
    const many = readDashboard({ widgets: Array.from({ length: 20_000 }, () => note) })
    assert.equal(many.widgetCount, 500)
    assert.deepEqual(reasons(many.leftOut), ['all widgets but the first 500'])
    let nested: unknown = note
    for (let depth = 0; depth < 1000; depth += 1) {
      nested = { definition: { type: 'group', title: `g${depth}`, widgets: [nested] } }
    }
    const deep = parseDashboard(JSON.stringify({ widgets: [nested] }))
    assert.deepEqual(reasons(deep.leftOut), ['groups are read up to 5 within each other'])
    assert.deepEqual(deep.widgets, [])
  })

  test('tells of no more than can be read', () => {
    const requests = Array.from({ length: 3000 }, () => ({ q: '(' }))
    const { leftOut } = read({ type: 'timeseries', requests })
    assert.equal(leftOut.length, 1000)
  })
})

describe('parseDashboard()', () => {
  const files: readonly (readonly [text: string, reason: RegExp])[] = [
    ['', /^it is not JSON: /],
    ['{"widgets": [', /^it is not JSON: /],
    ['<html>', /^it is not JSON: /],
    ['[{"widgets": []}]', /^it is a list; an object with a list "widgets" is expected/],
    ['null', /^it is null; an object/],
    ['7', /^it is a number; an object/],
    ['{}', /^it has no "widgets"; an object/],
    ['{"widgets": {}}', /^its "widgets" are no list; an object/],
    ['{"panels": []}', /^it has "panels", as a dashboard of Grafana; an object/],
    ['{"graphs": []}', /^it has "graphs", as Datadog's former time boards; an object/],
    ['['.repeat(100_000), /^it is not JSON: /],
  ]
  for (const [text, reason] of files) {
    test(`refuses ${JSON.stringify(text.slice(0, 20))}`, () => {
      assert.throws(() => parseDashboard(text), { code: 'DASHBOARD', message: reason })
    })
  }

  test('takes a byte order mark, and an empty list of widgets', () => {
    const dashboard = parseDashboard(
      '\uFEFF{"title": " mine ", "description": null, "widgets": []}',
    )
    const expected = {
      title: 'mine',
      description: '',
      variables: [],
      widgets: [],
      leftOut: [],
      widgetCount: 0,
    }
    assert.deepEqual(dashboard, expected)
  })
})

/** `id title x,y,width,height` of all widgets, those of a group behind it. */
function outline(list: readonly Widget[]): string[] {
  return list.flatMap((widget) => {
    const { x, y, width, height } = widget.place
    const own = `${widget.id} ${widget.title} ${[x, y, width, height].join(',')}`
    return [own, ...(widget.type === 'group' ? outline(widget.widgets) : [])]
  })
}

function reasons(leftOut: readonly LeftOut[]): string[] {
  return leftOut.map(({ reason }) => reason)
}
