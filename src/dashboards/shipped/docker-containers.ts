import type { JsonObject } from '../json-fields.ts'
import { condition, formula, request, timeseries, widget } from './datadog-widgets.ts'

/** Counts of containers have no container's own tags. */
const running = 'sum:docker.containers.running{$host,$image}'
/** Told by each host also while it has none; those by image end with the last container of the image. */
const allRunning = 'sum:docker.containers.running.total{$host}'
const allStopped = 'sum:docker.containers.stopped.total{$host}'

/** Five numbers in a row. */
export const nowWidgets: readonly JsonObject[] = [
  widget([0, 0, 2, 2], 'query_value', {
    title: 'Running',
    precision: 0,
    requests: [request([{ query: allRunning, aggregator: 'last' }])],
  }),
  widget([2, 0, 2, 2], 'query_value', {
    title: 'Stopped',
    precision: 0,
    requests: [request([{ query: allStopped, aggregator: 'last' }])],
  }),
  widget([4, 0, 2, 2], 'query_value', {
    title: 'Running, against 5 min before',
    precision: 0,
    custom_unit: '%',
    autoscale: false,
    requests: [
      request(
        [{ query: running, aggregator: 'last' }],
        [formula('100 * query1 / timeshift(query1, -300)')],
        {
          conditional_formats: [
            condition('<', 50, 'white_on_red'),
            condition('<', 80, 'white_on_yellow'),
            condition('>=', 80, 'white_on_green'),
          ],
        },
      ),
    ],
  }),
  widget([6, 0, 3, 2], 'query_value', {
    title: 'CPU of all containers',
    requests: [
      request([
        { query: 'sum:docker.cpu.usage{$host,$image,$container_name}', aggregator: 'last' },
      ]),
    ],
  }),
  widget([9, 0, 3, 2], 'query_value', {
    title: 'Memory of all containers',
    requests: [
      request([
        { query: 'sum:docker.mem.working_set{$host,$image,$container_name}', aggregator: 'last' },
      ]),
    ],
  }),
]

/** How many run and do not, by image and by host. */
export const containerWidgets: readonly JsonObject[] = [
  timeseries(
    [0, 0, 4, 3],
    [request([{ query: `${running} by {short_image}` }], undefined, { display_type: 'area' })],
    { title: 'Running by image' },
  ),
  timeseries(
    [4, 0, 4, 3],
    [
      request(
        [{ query: `${allRunning} by {host}` }, { query: `${allStopped} by {host}` }],
        [formula('query1', { alias: 'running' }), formula('query2', { alias: 'stopped' })],
      ),
    ],
    { title: 'Running and stopped by host' },
  ),
  widget([8, 0, 4, 3], 'toplist', {
    title: 'Images with most running containers',
    requests: [
      request(
        [{ query: `${running} by {short_image}`, aggregator: 'last' }],
        [formula('query1', { limit: { count: 10, order: 'desc' } })],
      ),
    ],
  }),
]
