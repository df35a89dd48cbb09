import type {
  CommonFields,
  EventMessage,
  Message,
  MetricMessage,
  OriginFields,
  ServiceCheckMessage,
} from './message.ts'

/**
 * The line that an official client sends for a message, without its end: `parseMessage()` reads the same message from it.
 * Nothing is checked: a name with `:`, or a tag with `,` or `|`, is written as it is and read as something else.
 * @see `statsd/format.go` of DataDog/datadog-go
 */
export function formatMessage(message: Message): string {
  switch (message.kind) {
    case 'metric':
      return join([...metricFields(message), ...tagsField(message), ...originFields(message)])
    case 'event':
      return join([...eventFields(message), ...tagsField(message), ...originFields(message)])
    case 'service-check':
      return join([...serviceCheckFields(message), ...originFields(message)])
  }
}

function join(fields: readonly string[]): string {
  return fields.join('|')
}

function metricFields(message: MetricMessage): readonly string[] {
  const value = message.type === 's' ? message.member : message.values.map(formatNumber).join(':')
  return [
    `${message.name}:${value}`,
    message.type,
    ...(message.sampleRate === 1 ? [] : [`@${message.sampleRate}`]),
    ...field('T', message.timestampS),
  ]
}

/** `String()` writes 0 for -0. */
function formatNumber(value: number): string {
  return Object.is(value, -0) ? '-0' : String(value)
}

function eventFields(message: EventMessage): readonly string[] {
  const title = message.title.replaceAll('\n', String.raw`\n`)
  const text = message.text.replaceAll('\n', String.raw`\n`)
  return [
    `_e{${Buffer.byteLength(title)},${Buffer.byteLength(text)}}:${title}`,
    text,
    ...field('d:', message.timestampS),
    ...field('h:', message.host),
    ...field('k:', message.aggregationKey),
    ...(message.priority === 'normal' ? [] : [`p:${message.priority}`]),
    ...field('s:', message.sourceType),
    ...(message.alertType === 'info' ? [] : [`t:${message.alertType}`]),
  ]
}

function serviceCheckFields(message: ServiceCheckMessage): readonly string[] {
  const text = message.message?.replaceAll('m:', String.raw`m\:`).replaceAll('\n', String.raw`\n`)
  return [
    '_sc',
    message.name,
    String(message.status),
    ...field('d:', message.timestampS),
    ...field('h:', message.host),
    ...tagsField(message),
    ...field('m:', text),
  ]
}

function tagsField({ tags }: CommonFields): readonly string[] {
  return tags.length === 0 ? [] : [`#${tags.join(',')}`]
}

function originFields(fields: OriginFields): readonly string[] {
  return [
    ...field('c:', fields.localData),
    ...field('e:', fields.externalData),
    ...field('card:', fields.cardinality),
  ]
}

function field(prefix: string, value: string | number | undefined): readonly string[] {
  return value === undefined ? [] : [`${prefix}${value}`]
}
