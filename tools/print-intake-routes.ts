import { unkeptRoutes, type UnkeptRoute } from '../src/intake/unkept-routes.ts'

/** A route of which something is kept. */
export interface KeptRoute {
  readonly path: string
  readonly body: string
  readonly kept: string
  /** Names in the counts of `GET /api/agents`. */
  readonly counted: readonly string[]
}

const jsonLogs = { body: 'JSON, or text', kept: 'each log as a line', counted: ['log_lines'] }

/** In the order in which an agent's owner would ask. */
export const keptRoutes: readonly KeptRoute[] = [
  { path: '/api/v2/series', body: 'protobuf `MetricPayload`, or JSON', kept: 'each point; the series `datadog.agent.running` also says that the Datadog Agent of its host runs', counted: ['points', 'points_dropped.*', 'series_dropped.*'] },
  { path: '/api/v1/series', body: 'JSON', kept: 'the same', counted: ['points'] },
  { path: '/api/beta/sketches', body: 'protobuf `SketchPayload`', kept: 'each distribution, with all its bins', counted: ['sketches', 'sketches_dropped.*'] },
  { path: '/api/v1/check_run', body: 'JSON', kept: 'each service check', counted: ['service_checks', 'service_checks_dropped.time'] },
  { path: '/intake/', body: 'JSON', kept: 'events; of host metadata the name, tags, system, kernel, cores and memory of the host, and the version of its agent', counted: ['events', 'host_metadata', 'unkept.intake'] },
  { path: '/api/v1/container', body: 'framed protobuf or JSON, plain or in zstd', kept: 'of each container the name, image, state, health, ports, limits, tags and when it was made and started; its figures come as series', counted: ['inventories', 'containers_dropped.id', 'unkept.containers_real_time', 'unkept.containers_old_zstd'] },
  { path: '/api/v1/collector', body: 'the same', kept: 'the containers that come beside the processes', counted: ['inventories', 'unkept.processes', 'unkept.processes_real_time'] },
  { path: '/api/v2/logs', ...jsonLogs },
  { path: '/v1/input', ...jsonLogs },
  { path: '/v1/input/:apiKey', ...jsonLogs },
  { path: '/api/vigie/v1/report', body: '[JSON of our agents](report-route.md)', kept: 'containers, totals of their runs, what became of log lines, how the agent does', counted: ['inventories', 'totals', 'agent_reports'] },
  { path: '/api/vigie/v1/logs', body: '[columns of our agents](logs-route.md)', kept: 'each line', counted: ['log_lines'] },
  { path: '/api/v1/write', body: 'Prometheus remote write, protobuf in snappy', kept: 'each sample', counted: ['points'] },
  { path: '/api/v1/push', body: 'the same', kept: 'the same', counted: ['points'] },
  { path: '/prometheus/api/v1/write', body: 'the same', kept: 'the same', counted: ['points'] },
  { path: '/v1/metrics', body: 'OTLP, protobuf or JSON', kept: 'metrics', counted: ['points'] },
  { path: '/v1/logs', body: 'OTLP, protobuf or JSON', kept: 'log records', counted: ['log_lines'] },
  { path: '/v1/traces', body: 'OTLP, protobuf or JSON', kept: 'nothing, and the answer says so', counted: ['spans_ignored'] },
] // prettier-ignore

const introduction = `<!-- Printed by tools/print-reference.ts from tools/print-intake-routes.ts and src/intake/unkept-routes.ts; do not edit. -->

# Routes that agents post to

Every route wants a key: in the header \`DD-API-KEY\`, or as \`api_key\` in the address. A body may be compressed with gzip, deflate, zstd or snappy, with two of
them one after the other, or not at all (\`Content-Encoding\`). What is taken is answered with 202 once it is stored (\`/v1/input\` and OTLP: 200, remote write: 204).

The counts stand in the answer of \`GET /api/agents\` under \`server.counts\`, from the start of the server. \`*\` is a reason, such as \`future\` or \`too_many\`.`

const keptHeader = `## What is kept

| Route | Body | What is kept | Counted as |
|---|---|---|---|`

const unkeptHeader = `## What is taken and not kept

Datadog's agents send these too, and send again what is not taken, so each body is read, answered with 202 and counted; nothing of it is looked at.

| Route | What it carries | Counted as |
|---|---|---|`

const ending = `## Everything else

- \`GET /api/v1/validate\` says whether a key is right: 200 or 403.
- \`HEAD /support/flare\` is answered without a key. A flare that is posted there is not kept, and the agent that sent it prints so: \`unkept.flares\`.
- Process routes are answered with a \`ResCollector\` by which nobody is looking, so that agents do not begin to send every 2 s.
- \`POST\` to any other address is 404. With a key it is counted as \`unknown.<address>\`, the first 50 addresses one by one.`

/** The page \`docs/reference/intake-routes.md\`: what becomes of what is posted to each route. */
export function printIntakeRoutes(): string {
  const kept = [keptHeader, ...keptRoutes.map(printKept)].join('\n')
  const unkept = [unkeptHeader, ...unkeptRoutes.map(printUnkept)].join('\n')
  return `${[introduction, kept, unkept, ending].join('\n\n')}\n`
}

function printKept({ path, body, kept, counted }: KeptRoute): string {
  const names = counted.map((name) => `\`${name}\``).join(', ')
  return `| \`${path}\` | ${body} | ${kept} | ${names} |`
}

function printUnkept({ path, about, name }: UnkeptRoute): string {
  return `| \`${path}\` | ${about} | \`unkept.${name}\` |`
}
