import type { JsonObject } from '../json-fields.ts'
import { condition, formula, request, timeseries, widget } from './datadog-widgets.ts'

const scope = '{$host,$image,$container_name}'
/** One name can stand for a container on each of several hosts. */
const byContainer = `${scope} by {container_name,host}`
const desc10 = { limit: { count: 10, order: 'desc' } }
/** Marks on charts where something ended. */
const events = [{ q: 'source:docker (die OR kill OR oom) $host $image $container_name' }]

/** From what uses most to what is held back. */
export const cpuWidgets: readonly JsonObject[] = [
  timeseries(
    [0, 0, 8, 3],
    [
      request(
        [{ query: `avg:docker.cpu.usage${byContainer}` }],
        [formula(`top(query1, 10, 'mean', 'desc')`)],
      ),
    ],
    { title: 'CPU of the ten busiest containers', events },
  ),
  widget([8, 0, 4, 3], 'toplist', {
    title: 'CPU by image',
    requests: [
      request(
        [{ query: `sum:docker.cpu.usage${scope} by {short_image}` }],
        [formula('query1', desc10)],
      ),
    ],
  }),
  timeseries(
    [0, 3, 8, 3],
    [
      request(
        [{ query: `avg:docker.cpu.throttled.time${byContainer}` }],
        [formula(`top(query1, 10, 'max', 'desc')`)],
      ),
    ],
    { title: 'Time spent waiting since the quota was used up' },
  ),
  widget([8, 3, 4, 3], 'toplist', {
    title: 'Share of the CPU limit',
    requests: [
      request(
        [
          { query: `avg:docker.cpu.usage${byContainer}` },
          { query: `avg:docker.cpu.limit${byContainer}` },
        ],
        [
          formula('100 * query1 / query2', {
            ...desc10,
            number_format: { unit: { type: 'canonical_unit', unit_name: 'percent' } },
          }),
        ],
        {
          conditional_formats: [
            condition('>', 90, 'white_on_red'),
            condition('>', 70, 'white_on_yellow'),
          ],
        },
      ),
    ],
  }),
]

/** Against the limits first, then what it consists of. */
export const memoryWidgets: readonly JsonObject[] = [
  timeseries(
    [0, 0, 6, 3],
    [
      request(
        [{ query: `avg:docker.mem.working_set${byContainer}` }],
        [formula(`top(query1, 10, 'mean', 'desc')`)],
      ),
    ],
    { title: 'Memory of the ten largest containers', events },
  ),
  widget([6, 0, 6, 3], 'query_table', {
    title: 'Memory against its limit',
    requests: [
      request(
        [
          { query: `avg:docker.mem.working_set${byContainer}`, aggregator: 'last' },
          { query: `avg:docker.mem.limit${byContainer}`, aggregator: 'last' },
          { query: `avg:docker.mem.in_use${byContainer}`, aggregator: 'max' },
        ],
        [
          formula('query1', { alias: 'memory' }),
          formula('query2', { alias: 'limit' }),
          formula('100 * query3', {
            alias: 'highest share',
            limit: { count: 20, order: 'desc' },
            number_format: { unit: { type: 'canonical_unit', unit_name: 'percent' } },
            conditional_formats: [
              condition('>', 90, 'white_on_red'),
              condition('>', 75, 'white_on_yellow'),
            ],
          }),
        ],
      ),
    ],
  }),
  timeseries(
    [0, 3, 6, 3],
    [
      request(
        [
          { query: `sum:docker.mem.rss${scope}` },
          { query: `sum:docker.mem.cache${scope}` },
          { query: `sum:docker.kmem.usage${scope}` },
          { query: `sum:docker.mem.swap${scope}` },
        ],
        ['heap and stacks', 'page cache', 'kernel', 'swap'].map((alias, index) =>
          formula(`query${index + 1}`, { alias }),
        ),
        { display_type: 'area' },
      ),
    ],
    { title: 'What memory is used for' },
  ),
  widget([6, 3, 6, 3], 'heatmap', {
    title: 'How containers differ in memory',
    requests: [request([{ query: `avg:docker.mem.rss${byContainer}` }])],
  }),
  timeseries(
    [0, 6, 12, 3],
    [
      request(
        [{ query: `max:docker.mem.failed_count${byContainer}` }],
        [formula(`top(monotonic_diff(query1), 10, 'max', 'desc')`)],
        { display_type: 'bars' },
      ),
    ],
    { title: 'Memory limit hit' },
  ),
]
