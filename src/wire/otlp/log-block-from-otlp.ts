import { logTimesEndNs, type LogBlock, type LogOrigin } from '../../model/log-block.ts'
import { AttributeList } from '../logs/attribute-list.ts'
import { BlockWriter } from '../logs/block-writer.ts'
import { isRecord } from '../logs/json-record.ts'
import { textOfValue } from './any-value.ts'
import type { Attribute, LogRecord, ResourceLogs } from './messages.ts'
import { hostAttributes, originOfResource, resourceTags, tagPrefix } from './resource-tags.ts'
import { severityLevel } from './severity-level.ts'

/** Where lines come from that do not say which program wrote them. */
export const otlpLogSource = 'otlp'

/**
 * The records of an export as a block of lines. The body is the message, as JSON where it is no text; a line that says no
 * time is of when it was observed, else of `nowNs`.
 */
export function logBlockFromOtlp(exported: readonly ResourceLogs[], nowNs: bigint): LogBlock {
  const lines = exported.flatMap(({ scopeLogs }) => scopeLogs.flatMap((one) => one.logRecords))
  const writer = new BlockWriter({ messageBytes: firstBytes, lines: lines.length })
  for (const { resource, scopeLogs } of exported) {
    const attributes = resource?.attributes ?? []
    writer.begin(originOf(attributes), 0n)
    const others = attributes.filter(({ key }) => !isPlaced(key ?? ''))
    for (const { scope, logRecords } of scopeLogs) {
      for (const record of logRecords) {
        const message = Buffer.from(textOfValue(record.body))
        const place = { bytes: message, start: 0, end: message.length, position: 0, output: 0 }
        const level = severityLevel(record.severityNumber, record.severityText)
        const known = attributesOf(record, others, scope?.name ?? '')
        writer.append({ ...place, timeNs: timeOf(record, nowNs) }, level, known)
      }
    }
  }
  return writer.take()
}

const firstBytes = 64 * 1024

function originOf(attributes: readonly Attribute[]): LogOrigin {
  const { host, service, containerId, containerName, image, tags } = originOfResource(attributes)
  return {
    host,
    service,
    containerId: /^[0-9a-f]{64}$/.test(containerId) ? containerId : '',
    containerName,
    image,
    source: otlpLogSource,
    tags,
  }
}

/** Whether an attribute of a resource is in the origin already. */
function isPlaced(key: string): boolean {
  return (
    Object.hasOwn(resourceTags, key) || hostAttributes.includes(key) || key.startsWith(tagPrefix)
  )
}

function timeOf({ timeUnixNano, observedTimeUnixNano }: LogRecord, nowNs: bigint): bigint {
  const said = [timeUnixNano, observedTimeUnixNano].find((ns) => ns !== undefined && ns > 0n)
  return said === undefined || said >= logTimesEndNs ? nowNs : said
}

/** What a record says counts more than what its resource does. */
function attributesOf(record: LogRecord, others: readonly Attribute[], scope: string): string {
  const list = new AttributeList()
  if (record.traceId) list.set('trace_id', record.traceId)
  if (record.spanId) list.set('span_id', record.spanId)
  if (record.eventName) list.set('event.name', record.eventName)
  if (scope !== '') list.set('otel.scope.name', scope)
  for (const { key, value } of [...others, ...record.attributes]) list.setJson(key ?? '', value)
  if (isRecord(record.body)) {
    for (const [name, value] of Object.entries(record.body)) list.setJson(name, value)
  }
  return list.toJson()
}
