import type { JsonObject } from '../json-fields.ts'
import { formula, request, timeseries, widget } from './datadog-widgets.ts'

const byContainer = '{$host,$image,$container_name} by {container_name,host}'

/** Each direction by container. A container has a series for each network and each disk. */
export const trafficWidgets: readonly JsonObject[] = [
  traffic([0, 0], 'Network: received', 'docker.net.bytes_rcvd'),
  traffic([6, 0], 'Network: sent', 'docker.net.bytes_sent'),
  traffic([0, 3], 'Disks: read', 'docker.io.read_bytes'),
  traffic([6, 3], 'Disks: written', 'docker.io.write_bytes'),
]

/** Events of the engine, and what containers printed. */
export const happeningWidgets: readonly JsonObject[] = [
  widget([0, 0, 4, 5], 'event_stream', {
    title: 'Exits, kills, out of memory, health',
    query: 'source:docker (die OR kill OR oom OR health_status) $host $image $container_name',
    event_size: 's',
  }),
  widget([4, 0, 8, 5], 'log_stream', {
    title: 'Errors in the logs',
    query: 'status:>=error $host $image $container_name',
    columns: ['host', 'container_name'],
    show_date_column: true,
    show_message_column: true,
  }),
]

/** What lies on the disks of the hosts. Sizes need `collect_image_size`. */
export const imageWidgets: readonly JsonObject[] = [
  widget([0, 0, 3, 3], 'query_value', {
    title: 'Images',
    precision: 0,
    requests: [request([{ query: 'sum:docker.images.available{$host}', aggregator: 'last' }])],
  }),
  widget([3, 0, 9, 3], 'toplist', {
    title: 'Largest images (collect_image_size)',
    requests: [
      request(
        [{ query: 'max:docker.image.size{$host,$image} by {image_name,image_tag}' }],
        [formula('query1', { limit: { count: 10, order: 'desc' } })],
      ),
    ],
  }),
]

function traffic(
  [x, y]: readonly [x: number, y: number],
  title: string,
  metric: string,
): JsonObject {
  return timeseries(
    [x, y, 6, 3],
    [
      request(
        [{ query: `sum:${metric}${byContainer}` }],
        [formula(`top(query1, 10, 'max', 'desc')`)],
      ),
    ],
    { title },
  )
}
