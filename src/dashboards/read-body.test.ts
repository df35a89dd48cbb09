import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import { readDashboard } from './parse-dashboard.ts'

/** What a widget alone on a dashboard is, without what all have. */
function bodyOf(definition: Readonly<Record<string, unknown>>): unknown {
  const { widgets: read, leftOut } = readDashboard({
    title: 't',
    template_variables: [{ name: 'host', prefix: 'host' }],
    widgets: [{ definition }],
  })
  assert.deepEqual(leftOut, [])
  const [widget] = read
  assert.ok(widget)
  const { id: _, title: _title, place: _place, ...body } = widget
  return body
}

const q = (text: string, more: Readonly<Record<string, unknown>> = {}): unknown => ({
  requests: [{ q: text, ...more }],
})
const plain = { alias: '', reduce: 'avg' }
const noAxis = { axis: { isLog: false }, markers: [], events: '', hasLegend: true }
const autoscaled = { format: { isAutoscaled: true }, conditions: [] }

/** A widget, and what it becomes. */
const widgets: readonly (readonly [
  name: string,
  definition: Readonly<Record<string, unknown>>,
  expected: unknown,
])[] = [
  [
    'curves in the older form, several in one text, with their names',
    {
      type: 'timeseries',
      requests: [
        {
          q: 'avg:a{$host} by {x}, top(sum:b{*} by {y}, 5, "max", "desc")',
          display_type: 'bars',
          metadata: [{ expression: 'avg:a{$host} by {x}', alias_name: 'A' }],
        },
        { q: 'max:c{host:$host.value}', display_type: 'area' },
      ],
    },
    {
      type: 'timeseries',
      curves: [
        { text: 'avg:a{$host} by {x}', alias: 'A', reduce: 'avg', display: 'bars' },
        { text: 'top(sum:b{*} by {y}, 5, "max", "desc")', ...plain, display: 'bars' },
        { text: 'max:c{host:$host.value}', ...plain, display: 'area' },
      ],
      ...noAxis,
    },
  ],
  [
    'curves of formulas',
    {
      type: 'timeseries',
      requests: [
        {
          queries: [
            { data_source: 'metrics', name: 'a', query: 'sum:m{$host}', aggregator: 'last' },
            { data_source: 'metrics', name: 'a1', query: 'sum:n{*} + sum:o{*}' },
          ],
          formulas: [{ formula: 'a' }, { formula: '100 * per_second(a) / a1', alias: 'share' }],
        },
      ],
    },
    {
      type: 'timeseries',
      curves: [
        { text: 'sum:m{$host}', alias: '', reduce: 'last', display: 'line' },
        {
          text: '100 * per_second(sum:m{$host}) / (sum:n{*} + sum:o{*})',
          alias: 'share',
          reduce: 'last',
          display: 'line',
        },
      ],
      ...noAxis,
    },
  ],
  [
    'curves of queries without formulas',
    {
      type: 'timeseries',
      requests: [{ queries: [{ data_source: 'metrics', name: 'q', query: 'avg:a{*}' }] }],
    },
    { type: 'timeseries', curves: [{ text: 'avg:a{*}', ...plain, display: 'line' }], ...noAxis },
  ],
  [
    'axis, marks, events and time',
    {
      type: 'timeseries',
      requests: [
        { q: 'avg:a{*}' },
        {
          display_type: 'overlay',
          queries: [{ data_source: 'events', search: { query: 'source:docker $host' } }],
        },
      ],
      yaxis: { min: '0', max: 'auto', scale: 'log' },
      markers: [
        { value: 'y = 15', display_type: 'error dashed', label: ' limit ' },
        { value: '10 < y < 2e1', display_type: 'warning solid' },
        { value: 'y=-.5', display_type: 'info' },
        { value: 'y > 90', display_type: 'error dashed' },
        { value: 'y <= 3', display_type: 'ok dashed' },
      ],
      show_legend: false,
      time: { live_span: '4h' },
    },
    {
      type: 'timeseries',
      spanS: 14_400,
      curves: [{ text: 'avg:a{*}', ...plain, display: 'line' }],
      axis: { min: 0, isLog: true },
      markers: [
        { label: 'limit', value: 15, state: 'critical' },
        { label: '', value: 10, to: 20, state: 'warning' },
        { label: '', value: -0.5, state: 'none' },
        { label: '', value: 90, state: 'critical' },
        { label: '', value: 3, state: 'ok' },
      ],
      events: 'source:docker $host',
      hasLegend: false,
    },
  ],
  [
    'one number with its format',
    {
      type: 'query_value',
      precision: '1',
      autoscale: false,
      custom_unit: 'req',
      time: { type: 'live', value: 2, unit: 'day' },
      requests: [
        {
          q: 'avg:a{*}',
          aggregator: 'max',
          conditional_formats: [
            { comparator: '>', value: '90', palette: 'white_on_red' },
            { comparator: '>=', value: 1.5, palette: 'yellow_on_white' },
            { comparator: '=', value: 0, palette: 'black_on_light_green' },
            { comparator: '<', value: 5, palette: 'blue' },
            { comparator: '!', value: 5, palette: 'red' },
          ],
        },
      ],
    },
    {
      type: 'query_value',
      spanS: 172_800,
      value: { text: 'avg:a{*}', alias: '', reduce: 'max' },
      format: { precision: 1, unit: 'req', isAutoscaled: false },
      conditions: [
        { comparator: '>', value: 90, state: 'critical' },
        { comparator: '>=', value: 1.5, state: 'warning' },
        { comparator: '=', value: 0, state: 'ok' },
      ],
    },
  ],
  [
    'a list by top()',
    { type: 'toplist', ...Object(q("top(avg:a{*} by {x}, 5, 'max', 'asc')")) },
    {
      type: 'toplist',
      value: { text: "top(avg:a{*} by {x}, 5, 'max', 'asc')", alias: '', reduce: 'max' },
      limit: 5,
      order: 'asc',
      ...autoscaled,
    },
  ],
  [
    'a list by the short name of top()',
    { type: 'toplist', ...Object(q('bottom10_last(avg:a{*} by {x})')) },
    {
      type: 'toplist',
      value: { text: 'bottom10_last(avg:a{*} by {x})', alias: '', reduce: 'last' },
      limit: 10,
      order: 'asc',
      ...autoscaled,
    },
  ],
  [
    'a list by its formula',
    {
      type: 'toplist',
      requests: [
        {
          queries: [{ data_source: 'metrics', name: 'q', query: 'avg:a{*} by {x}' }],
          formulas: [{ formula: 'q', limit: { count: 3, order: 'asc' } }],
        },
      ],
    },
    {
      type: 'toplist',
      value: { text: 'avg:a{*} by {x}', ...plain },
      limit: 3,
      order: 'asc',
      ...autoscaled,
    },
  ],
  [
    'a table in the older form',
    {
      type: 'query_table',
      requests: [
        { q: 'avg:a{*} by {x}', aggregator: 'last', alias: 'A', limit: 25 },
        { q: 'avg:b{*} by {x}', order: 'asc' },
      ],
    },
    {
      type: 'query_table',
      columns: [
        { text: 'avg:a{*} by {x}', alias: 'A', reduce: 'last', ...autoscaled },
        { text: 'avg:b{*} by {x}', ...plain, ...autoscaled },
      ],
      limit: 25,
      order: 'asc',
      orderBy: 1,
    },
  ],
  [
    'a table of formulas, sorted by one',
    {
      type: 'query_table',
      requests: [
        {
          queries: [{ data_source: 'metrics', name: 'q', query: 'avg:a{*} by {x}' }],
          formulas: [
            { formula: 'q', number_format: { unit: { type: 'custom_unit_label', label: 'jobs' } } },
            {
              formula: 'q * 2',
              number_format: { unit: { unit_name: 'byte', per_unit_name: 'second' } },
              conditional_formats: [{ comparator: '>', value: 1, palette: 'red' }],
            },
          ],
          sort: { count: 500, order_by: [{ type: 'formula', index: 1, order: 'desc' }] },
        },
      ],
    },
    {
      type: 'query_table',
      columns: [
        {
          text: 'avg:a{*} by {x}',
          ...plain,
          format: { unit: 'jobs', isAutoscaled: true },
          conditions: [],
        },
        {
          text: 'avg:a{*} by {x} * 2',
          ...plain,
          format: { unit: 'byte/second', isAutoscaled: true },
          conditions: [{ comparator: '>', value: 1, state: 'critical' }],
        },
      ],
      limit: 500,
      order: 'desc',
      orderBy: 1,
    },
  ],
  [
    'a heat map with requests in an object',
    { type: 'heatmap', requests: { fill: { q: 'avg:a{*} by {x}' } } },
    { type: 'heatmap', value: { text: 'avg:a{*} by {x}', ...plain } },
  ],
  [
    'a distribution with one request that is no list, and one query in it',
    {
      type: 'distribution',
      requests: [{ query: { data_source: 'metrics', name: 'q', query: 'avg:a{*} by {x}' } }],
    },
    { type: 'distribution', value: { text: 'avg:a{*} by {x}', ...plain } },
  ],
  [
    'a note',
    { type: 'note', content: '# $host', font_size: '24', text_align: 'center' },
    { type: 'note', text: '# $host', align: 'center', size: 24 },
  ],
  [
    'a free text of its own size',
    { type: 'free_text', text: 'hello', font_size: 'auto', text_align: 'top' },
    { type: 'free_text', text: 'hello', align: 'left', size: 36 },
  ],
  [
    'events',
    { type: 'event_stream', query: 'source:docker (die OR oom) $host' },
    { type: 'event_stream', query: 'source:docker (die OR oom) $host' },
  ],
  [
    'log lines',
    {
      type: 'log_stream',
      query: '@http.status:>=500 $host',
      columns: ['core_host', 'tag_env', '@duration', 'core_content', 'host'],
    },
    {
      type: 'log_stream',
      query: '@http.status:>=500 $host',
      columns: ['host', 'env', '@duration'],
    },
  ],
  [
    'log lines in the newer form',
    {
      type: 'list_stream',
      requests: [
        {
          query: { data_source: 'logs_stream', query_string: 'error' },
          columns: [{ field: 'status_line' }, { field: 'service' }, { field: 'content' }],
        },
      ],
    },
    { type: 'log_stream', query: 'error', columns: ['level', 'service'] },
  ],
  [
    'events in the newer form',
    {
      type: 'list_stream',
      requests: [{ query: { data_source: 'event_stream', query_string: 'source:docker' } }],
    },
    { type: 'event_stream', query: 'source:docker' },
  ],
]

describe('a widget', () => {
  for (const [name, definition, expected] of widgets) {
    test(`is read: ${name}`, () => assert.deepEqual(bodyOf(definition), expected))
  }
})
