import type { FamilySample, MetricFamily, TextFormat } from './metric-family.ts'

/** What `GET /metrics` answers is of this type. */
export const contentTypes: Readonly<Record<TextFormat, string>> = {
  text: 'text/plain; version=0.0.4; charset=utf-8',
  openmetrics: 'application/openmetrics-text; version=1.0.0; charset=utf-8',
}

/** What stands behind the last family. */
export const endings: Readonly<Record<TextFormat, string>> = { text: '', openmetrics: '# EOF\n' }

/**
 * Prints a family with its samples, each on a line, without times; nothing at all when there is no sample.
 * @see https://prometheus.io/docs/instrumenting/exposition_formats/#text-based-format
 * @see https://prometheus.io/docs/specs/om/open_metrics_spec/
 */
export function printFamily(
  family: MetricFamily,
  samples: readonly FamilySample[],
  format: TextFormat,
): string {
  if (samples.length === 0) return ''
  let text = `${printHead(family, format).join('\n')}\n`
  for (const { labels, value } of samples) {
    const braced = labels === '' ? '' : `{${labels}}`
    text += `${family.name}${braced} ${printNumber(value)}\n`
  }
  return text
}

function printHead({ name, kind, help }: MetricFamily, format: TextFormat): readonly string[] {
  if (format === 'text') {
    const type = kind === 'unknown' ? 'untyped' : kind
    return [`# HELP ${name} ${help}`, `# TYPE ${name} ${type}`]
  }
  // OpenMetrics takes the ending for a part of the sample, not of the family.
  const base = kind === 'counter' ? name.replace(/_total$/, '') : name
  const unit = /_(bytes|seconds|ratio)$/.exec(base)?.[1]
  const unitLines = unit === undefined ? [] : [`# UNIT ${base} ${unit}`]
  return [`# TYPE ${base} ${kind}`, ...unitLines, `# HELP ${base} ${help}`]
}

function printNumber(value: number): string {
  if (Number.isFinite(value)) return String(value)
  if (Number.isNaN(value)) return 'NaN'
  return value > 0 ? '+Inf' : '-Inf'
}
