import type { AttributeList } from '../../../../wire/logs/attribute-list.ts'

/** As Datadog, OpenTelemetry in its languages, Elastic and Serilog call them. */
const traceNames = [
  'dd.trace_id', 'traceId', 'traceID', 'TraceId', 'trace.id', 'otelTraceID', 'otel.trace_id', '@tr',
] // prettier-ignore
const spanNames = [
  'dd.span_id', 'spanId', 'spanID', 'SpanId', 'span.id', 'otelSpanID', 'otel.span_id', '@sp',
] // prettier-ignore

/** @see https://www.w3.org/TR/trace-context/#traceparent-header */
const traceParent = /^[0-9a-f]{2}-([0-9a-f]{32})-([0-9a-f]{16})-[0-9a-f]{2}/

/** Adds `trace_id` and `span_id`, as they are given, where a line has them under another name. */
export function addTrace(attributes: AttributeList): void {
  const [, trace, span] = traceParent.exec(attributes.get('traceparent') ?? '') ?? []
  addFirst(attributes, 'trace_id', [trace, ...traceNames.map((name) => attributes.get(name))])
  addFirst(attributes, 'span_id', [span, ...spanNames.map((name) => attributes.get(name))])
}

function addFirst(
  attributes: AttributeList,
  name: string,
  texts: readonly (string | undefined)[],
): void {
  if (attributes.get(name) !== undefined) return
  const text = texts.find((found) => found !== undefined && found !== '')
  if (text !== undefined) attributes.set(name, text)
}
