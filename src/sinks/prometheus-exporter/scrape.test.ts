import assert from 'node:assert/strict'
import { describe, test } from 'node:test'
import {
  makeBoarded,
  makeContainerReading,
  makeEmptyReading,
} from '../../../test/agent/container-readings.ts'
import { makeTelemetry } from '../../../test/agent/environment.ts'
import type { BoardedContainer } from '../../component/container-board.ts'
import type { ContainerReading } from '../../component/container-readings.ts'
import { createContainerBoard } from '../../component/create-container-board.ts'
import { createContainerReadings } from '../../component/create-container-readings.ts'
import type { Telemetry } from '../../telemetry/telemetry.ts'
import type { TextFormat } from '../../wire/prometheus-text/metric-family.ts'
import { BoardView } from './board-view.ts'
import { createLabelPrinter } from './container-labels.ts'
import { scrape } from './scrape.ts'

const own = `id="/docker/${'a'.repeat(64)}",name="web",image="nginx:1"`

interface Page {
  readonly board: ReturnType<typeof createContainerBoard>
  readonly telemetry: Telemetry
  /** Lines of samples; `format` gives all of the page. */
  readonly lines: (format?: TextFormat) => readonly string[]
  readonly text: (format: TextFormat) => string
}

function open(
  containers: readonly (readonly [BoardedContainer, ContainerReading])[],
  { maxContainers = 10 }: { maxContainers?: number } = {},
): Page {
  const board = createContainerBoard()
  const readings = createContainerReadings()
  const byId = new Map(containers.map(([{ id }, reading]) => [id, reading]))
  readings.provide((id) => byId.get(id))
  for (const [container] of containers) board.put(container)
  const telemetry = makeTelemetry()
  const view = new BoardView(board, readings)
  const text = (format: TextFormat): string =>
    [
      ...scrape(
        {
          view,
          telemetry,
          version: '1.2.3',
          clock: () => 1_795_000_200_000,
          maxContainers,
          printLabels: createLabelPrinter(['*']),
        },
        format,
      ),
    ].join('')
  return {
    board,
    telemetry,
    text,
    lines: (format = 'text') =>
      text(format)
        .split('\n')
        .filter((line) => line !== '' && !line.startsWith('#')),
  }
}

describe('scrape()', () => {
  test('has the kernel counters of a container under the names of cAdvisor', () => {
    const page = open([[makeBoarded(), makeContainerReading()]])
    const lines = page
      .lines()
      .filter((line) => line.startsWith('container_'))
      .map((line) => line.replace(own, '…'))
    assert.deepEqual(lines, [
      'container_last_seen{…} 1795000100.5',
      'container_creation_time_seconds{…} 1795000000',
      'container_start_time_seconds{…} 1795000001',
      'container_cpu_usage_seconds_total{…,cpu="total"} 12.345678901',
      'container_cpu_user_seconds_total{…} 10',
      'container_cpu_system_seconds_total{…} 2.345678901',
      'container_cpu_cfs_periods_total{…} 100',
      'container_cpu_cfs_throttled_periods_total{…} 7',
      'container_cpu_cfs_throttled_seconds_total{…} 1.25',
      'container_pressure_cpu_waiting_seconds_total{…} 1.5',
      'container_pressure_memory_waiting_seconds_total{…} 2.5',
      'container_pressure_io_waiting_seconds_total{…} 3.5',
      'container_memory_usage_bytes{…} 50000000',
      'container_memory_max_usage_bytes{…} 60000000',
      'container_memory_working_set_bytes{…} 41000000',
      'container_memory_rss{…} 30000000',
      'container_memory_cache{…} 15000000',
      'container_memory_total_inactive_file_bytes{…} 9000000',
      'container_memory_swap{…} 2000000',
      'container_memory_kernel_usage{…} 1000000',
      'container_memory_failcnt{…} 3',
      'container_memory_failures_total{…,failure_type="pgfault",scope="container"} 4000',
      'container_memory_failures_total{…,failure_type="pgmajfault",scope="container"} 5',
      'container_memory_failures_total{…,failure_type="pgfault",scope="hierarchy"} 4000',
      'container_memory_failures_total{…,failure_type="pgmajfault",scope="hierarchy"} 5',
      'container_oom_events_total{…} 1',
      'container_fs_reads_bytes_total{…,device="/dev/sda"} 4096',
      'container_fs_reads_total{…,device="/dev/sda"} 1',
      'container_fs_writes_bytes_total{…,device="/dev/sda"} 8192',
      'container_fs_writes_total{…,device="/dev/sda"} 2',
      'container_blkio_device_usage_total{…,device="/dev/sda",major="8",minor="0",operation="Read"} 4096',
      'container_blkio_device_usage_total{…,device="/dev/sda",major="8",minor="0",operation="Write"} 8192',
      'container_network_receive_bytes_total{…,interface="eth0"} 1001',
      'container_network_receive_packets_total{…,interface="eth0"} 11',
      'container_network_receive_errors_total{…,interface="eth0"} 13',
      'container_network_receive_packets_dropped_total{…,interface="eth0"} 15',
      'container_network_transmit_bytes_total{…,interface="eth0"} 2002',
      'container_network_transmit_packets_total{…,interface="eth0"} 22',
      'container_network_transmit_errors_total{…,interface="eth0"} 14',
      'container_network_transmit_packets_dropped_total{…,interface="eth0"} 16',
      'container_threads{…} 12',
      'container_file_descriptors{…} 34',
      'container_spec_cpu_period{…} 100000',
      'container_spec_cpu_quota{…} 50000',
      'container_spec_cpu_shares{…} 512',
      'container_spec_memory_limit_bytes{…} 100000000',
      'container_spec_memory_swap_limit_bytes{…} 80000000',
      'container_spec_memory_reservation_limit_bytes{…} 40000000',
      'container_threads_max{…} 99',
    ])
  })

  test('has no line for what could not be read', () => {
    const page = open([[makeBoarded(), makeEmptyReading()]])
    const names = page.lines().filter((line) => line.startsWith('container_'))
    assert.deepEqual(
      names.map((line) => line.split('{', 1)[0]),
      ['container_last_seen', 'container_creation_time_seconds', 'container_start_time_seconds'],
    )
  })

  test('says of each family once what it is, however many containers there are', () => {
    const ids = ['a', 'b', 'c'].map((letter) => letter.repeat(64))
    const page = open(
      ids.map((id) => [makeBoarded({ id, name: id[0] ?? '' }), makeContainerReading()]),
    )
    const types = page.text('text').match(/^# TYPE container_memory_rss gauge$/gm)
    assert.equal(types?.length, 1)
    const rows = page.lines().filter((line) => line.startsWith('container_memory_rss{'))
    assert.equal(rows.length, 3)
  })

  test('ends a page of OpenMetrics as that format wants it', () => {
    const page = open([])
    assert.match(page.text('openmetrics'), /\n# EOF\n$/)
    assert.doesNotMatch(page.text('text'), /EOF/)
  })

  test('forgets a container that the engine has removed, and one that no longer runs', () => {
    const running = makeBoarded()
    const ended = makeBoarded({ id: 'b'.repeat(64), name: 'ended' })
    const page = open([[running, makeContainerReading()]])
    page.board.put(ended)
    assert.ok(page.lines().every((line) => !line.includes('ended')))
    page.board.remove(running.id)
    assert.ok(page.lines().every((line) => !line.startsWith('container_')))
  })

  test('leaves the newest containers out beyond its bound, and says so', () => {
    const page = open(
      ['old', 'new', 'older'].map((name, at) => [
        makeBoarded({ id: name, name, createdAtMs: [20, 30, 10][at] ?? 0 }),
        makeContainerReading(),
      ]),
      { maxContainers: 2 },
    )
    const rss = page.lines().filter((line) => line.startsWith('container_memory_rss{'))
    assert.deepEqual(
      rss.map((line) => /name="(\w+)"/.exec(line)?.[1]),
      ['older', 'old'],
    )
    assert.ok(page.lines().includes('vigie_agent_left_out_containers 1'))
    assert.ok(page.lines().includes('vigie_agent_exported_containers 2'))
  })

  test('tells of the agent: version, sources, endpoints, drops', () => {
    const page = open([])
    const { telemetry } = page
    telemetry.setSource('docker', { state: 'running', message: '' })
    telemetry.countDropped('server.buffer_full', 7)
    telemetry.watchEndpoint(() => ({
      name: 'server',
      url: 'http://127.0.0.1:8127',
      state: 'retrying',
      message: 'it is away',
      waiting: 3,
      memoryBytes: 4000,
      diskBytes: 5000,
      delivered: 6,
      retried: 7,
      setAside: 8,
      dropped: 9,
      lastDeliveredAtMs: 1_795_000_000_250,
    }))
    const lines = new Set(page.lines())
    for (const line of [
      'vigie_agent_build_info{version="1.2.3"} 1',
      'vigie_agent_dropped_items_total{reason="server.buffer_full"} 7',
      'vigie_agent_source_state{source="docker",state="running"} 1',
      'vigie_agent_source_state{source="docker",state="backoff"} 0',
      'vigie_agent_source_runs_total{source="docker"} 0',
      'vigie_agent_source_items_total{source="docker",item="points"} 0',
      'vigie_agent_endpoint_state{endpoint="server",state="retrying"} 1',
      'vigie_agent_endpoint_state{endpoint="server",state="delivering"} 0',
      'vigie_agent_endpoint_waiting_payloads{endpoint="server"} 3',
      'vigie_agent_endpoint_memory_bytes{endpoint="server"} 4000',
      'vigie_agent_endpoint_disk_bytes{endpoint="server"} 5000',
      'vigie_agent_endpoint_delivered_payloads_total{endpoint="server"} 6',
      'vigie_agent_endpoint_retried_requests_total{endpoint="server"} 7',
      'vigie_agent_endpoint_set_aside_payloads{endpoint="server"} 8',
      'vigie_agent_endpoint_dropped_payloads_total{endpoint="server"} 9',
      'vigie_agent_endpoint_last_delivery_timestamp_seconds{endpoint="server"} 1795000000.25',
    ])
      assert.ok(lines.has(line), line)
    assert.ok(!page.text('text').includes('vigie_agent_engine_up'))
    assert.match(page.text('text'), /^process_cpu_seconds_total \d/m)
  })
})
