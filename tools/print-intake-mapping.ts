import { maxOtlpBytes } from '../src/intake/define-otlp-route.ts'
import { cumulativeLimits } from '../src/intake/cumulative-table.ts'
import { maxDepth } from '../src/wire/otlp/any-value.ts'
import { otlpLogSource } from '../src/wire/otlp/log-block-from-otlp.ts'
import { hostAttributes, resourceTags, tagPrefix } from '../src/wire/otlp/resource-tags.ts'
import { severities } from '../src/wire/otlp/severity-level.ts'
import {
  maxLabels,
  maxNameLength,
  maxValueLength,
} from '../src/wire/prometheus-write/series-from-labels.ts'
import { maxSamples } from '../src/wire/prometheus-write/write-batch.ts'

type Row = readonly string[]

const writeRows: readonly Row[] = [
  ['label `__name__`', 'the metric, letter by letter'],
  ['label `host`', 'the host; without one the series has none'],
  ['any other label', 'a tag `name:value`, letter by letter; `:` in a name becomes `_`'],
  ['sample of any type', 'a point of a gauge with its milliseconds: a counter as it stands, which is what `rate()` wants'],
  ['buckets, sums, counts and quantiles of classic histograms and summaries', 'series of their own, as they are'],
  ['NaN, ±infinity', 'no point; `points_dropped.not_a_number`'],
  ['stale marker', 'no point; `stale_markers`'],
  ['native histogram', 'not kept; `native_histograms_ignored`'],
  ['exemplar', 'not kept; `exemplars_ignored`'],
  ['metadata of a metric', 'not kept; `metric_metadata_ignored`'],
] // prettier-ignore

const metricRows: readonly Row[] = [
  ['gauge', 'gauge'],
  ['sum, delta', 'count of its interval'],
  ['sum, cumulative, monotonic', 'count of what came since the point before; `points_dropped.late` for one that came before'],
  ['sum, cumulative, not monotonic', 'gauge'],
  ['histogram, delta', 'distribution: values lie evenly between the bounds of their bucket, at the one bound that an outermost bucket has'],
  ['histogram, cumulative', 'distribution of what came since the point before'],
  ['exponential histogram', 'distribution, in the same way'],
  ['summary', 'counts `<name>.count` and `<name>.sum`, gauges `<name>.quantile` with a tag `quantile:0.99`'],
  ['attribute of a point', 'tag `key:value`'],
  ['exemplar', 'not kept; `exemplars_ignored`'],
  ['description, unit, scope', 'not kept'],
] // prettier-ignore

const logRows: readonly Row[] = [
  ['body', 'the message; JSON where it is no text, whose fields are attributes too'],
  ['time, else observed time', 'the time, to the nanosecond; else when it came'],
  ['severity text, where it is a known word', 'the level'],
  ...severities.map(([from, level], n): Row => {
    const next = severities[n + 1]?.[0] ?? 25
    return [`severity number ${from} to ${next - 1}`, `level \`${level}\``]
  }),
  ['trace id, span id', 'attributes `trace_id` and `span_id`, hexadecimal'],
  ['event name', 'attribute `event.name`'],
  ['name of the scope', 'attribute `otel.scope.name`'],
  ['attribute of a record', 'attribute; names within names are joined by dots'],
  ['attribute of the resource that is no tag', 'attribute of each line'],
  ['program that wrote it', `source \`${otlpLogSource}\``],
]

const boundRows: readonly Row[] = [
  ['samples of one remote write', commas(maxSamples)],
  ['labels of a series', `${maxLabels}, names of ${maxNameLength} and values of ${commas(maxValueLength)} characters; else the series is refused`],
  ['a body of OTLP, decompressed', `${maxOtlpBytes / 1024 / 1024} MiB, and 1,000,000 messages and values of attributes`],
  ['values in values', `${maxDepth} deep`],
  ['tags of a point of OTLP', '100'],
  ['attributes of a log line', '100 of 10,000 characters'],
  ['cumulative series whose last point is known by heart', `${commas(cumulativeLimits.series)} with ${commas(cumulativeLimits.numbers)} numbers; one that is silent for an hour is forgotten`],
] // prettier-ignore

/** The page that says what becomes of what others send. */
export function printIntakeMapping(): string {
  const tags = Object.entries(resourceTags).map(([from, to]): Row => [`\`${from}\``, `\`${to}\``])
  return [
    `<!-- Printed by tools/print-reference.ts from src/wire/prometheus-write, src/wire/otlp and tools/print-intake-mapping.ts; do not edit. -->

# What becomes of what others send

How series, distributions and lines are made of Prometheus' remote write and of OTLP. Names such as \`stale_markers\` stand in the answer of \`GET /api/agents\` under
\`server.counts\`.

## Prometheus remote write
`,
    table(['Prometheus', 'Vigie'], writeRows),
    `
## OTLP metrics

Names and tags follow Datadog's rules from here on: tags are in small letters, of names only letters, digits, \`_\` and \`.\` stay.
`,
    table(['OTLP', 'Vigie'], metricRows),
    `
The first point of a cumulative series is counted as a whole where its start is known and not before that of the server, nor more than an hour ago; else it is what the next one
is compared with. A start that is another, or a value that has fallen, begins anew.

## OTLP logs
`,
    table(['OTLP', 'Vigie'], logRows),
    `
## Attributes of a resource

The host is the first there is of ${hostAttributes.map((name) => `\`${name}\``).join(', ')}. Lines also have \`service.name\`, \`container.id\`, \`container.name\` and
\`container.image.name\` as their service, container and image. These become tags, of metrics and of lines:
`,
    table(['Attribute', 'Tag'], [...tags, [`\`${tagPrefix}<name>\``, '`<name>`']]),
    `
## Bounds
`,
    table(['What', 'At most'], boundRows),
    '',
  ].join('\n')
}

function table(header: Row, rows: readonly Row[]): string {
  const line = (cells: Row): string => `| ${cells.join(' | ')} |`
  return [line(header), line(header.map(() => '---')), ...rows.map(line)].join('\n')
}

function commas(number: number): string {
  return number.toLocaleString('en-US')
}
