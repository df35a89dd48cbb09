import type { LogBlock, LogOrigin } from '../../model/log-block.ts'
import { logLevels, logOutputs, type LogLevel } from '../../model/log-level.ts'
import { ByteWriter } from '../protobuf/byte-writer.ts'
import {
  attributesFromTags,
  encodeAttributes,
  encodeResource,
  encodeScope,
  type OtlpScope,
} from './encode-parts.ts'

/*
 * ExportLogsServiceRequest { repeated ResourceLogs resource_logs = 1; }
 * ResourceLogs { Resource resource = 1; repeated ScopeLogs scope_logs = 2; }
 * ScopeLogs    { InstrumentationScope scope = 1; repeated LogRecord log_records = 2; }
 * LogRecord    { fixed64 time_unix_nano = 1; SeverityNumber severity_number = 2; string severity_text = 3;
 *                AnyValue body = 5 { string string_value = 1; }; repeated KeyValue attributes = 6; }
 * Source: https://github.com/open-telemetry/opentelemetry-proto
 */

/** @see https://opentelemetry.io/docs/specs/otel/logs/data-model-appendix/#appendix-b-severitynumber-example-mappings */
const severities: Readonly<Record<LogLevel, number>> = {
  unknown: 0,
  trace: 1,
  debug: 5,
  info: 9,
  notice: 10,
  warn: 13,
  error: 17,
  critical: 18,
  alert: 19,
  emergency: 21,
}

const request = new ByteWriter()
const record = new ByteWriter()
const body = new ByteWriter()

/** Encodes a block of lines as an `ExportLogsServiceRequest`: a resource for each run of lines, which has its container. */
export function encodeLogs(block: LogBlock, scope: OtlpScope): Buffer {
  const scopeBytes = encodeScope(scope)
  const resources = new Map<LogOrigin, Buffer>()
  const records = new ByteWriter()
  request.clear()
  let line = 0
  for (const { origin, lineCount } of block.runs) {
    const resource = resources.get(origin) ?? encodeResource(resourceOf(origin))
    resources.set(origin, resource)
    records.message(1, scopeBytes)
    for (const end = line + lineCount; line < end; line += 1)
      records.message(2, encodeRecord(block, line))
    const ofScope = records.take()
    records.message(1, resource)
    records.message(2, ofScope)
    request.message(1, records.take())
  }
  return request.take()
}

/** Names of OpenTelemetry's conventions; tags under their own, where they do not say the same. */
function resourceOf(origin: LogOrigin): ReadonlyMap<string, string> {
  const own = [
    ['host.name', origin.host],
    ['service.name', origin.service],
    ['container.id', origin.containerId],
    ['container.name', origin.containerName],
    ['container.image.name', origin.image],
    ['vigie.source', origin.source],
  ] as const
  const known = own.filter(([, value]) => value !== '')
  return new Map([...attributesFromTags(origin.tags), ...known])
}

function encodeRecord(block: LogBlock, line: number): Buffer {
  const level = logLevels[block.levels[line] ?? 0] ?? 'unknown'
  record.varint((1 << 3) | 1)
  record.fixed64(block.timesNs[line] ?? 0n)
  if (level !== 'unknown') {
    record.varint(2 << 3)
    record.varint(severities[level])
    record.text(3, level)
  }
  body.text(1, textAt(block.messages, block.messageOffsets, line))
  record.message(5, body.take())
  record.bytes(encodeAttributes(6, attributesOf(block, line)))
  return record.take()
}

function attributesOf(block: LogBlock, line: number): ReadonlyMap<string, string> {
  const text = textAt(block.attributes, block.attributeOffsets, line)
  const output = logOutputs[block.outputs[line] ?? 0] ?? ''
  // An object of texts, as the block promises.
  const known: Readonly<Record<string, string>> = text === '' ? {} : JSON.parse(text)
  const attributes = new Map(Object.entries(known))
  if (output !== '') attributes.set('log.iostream', output)
  return attributes
}

/** Bytes that are no UTF-8 are replaced: protobuf's texts have to be. */
function textAt(bytes: Uint8Array, offsets: Int32Array, line: number): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString(
    'utf8',
    offsets[line],
    offsets[line + 1],
  )
}
