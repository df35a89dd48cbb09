import { fromByteText, quote } from './byte-text.ts'
import {
  metricSymbols,
  type FaultReason,
  type MessageFault,
  type MetricMessage,
  type MetricSymbol,
} from './message.ts'
import { parseFloat64 } from './parse-float64.ts'
import { maxUnixTimeS, parseUnixTime } from './parse-unix-time.ts'
import { readCommonFields, type ReadOptions } from './read-fields.ts'

/**
 * A metric, `name:value|type|fields`, from the text of its bytes. One field that cannot be read costs the metric.
 * @see https://docs.datadoghq.com/developers/dogstatsd/datagram_shell/
 */
export function parseMetric(line: string, options: ReadOptions): MetricMessage | MessageFault {
  const parsed = readMetric(line, options)
  return 'wrong' in parsed
    ? {
        kind: 'fault',
        of: 'metric',
        reason: parsed.reason,
        sentence: `Metric ${quote(line)} ${parsed.wrong}`,
      }
    : parsed
}

interface Wrong {
  readonly reason: FaultReason
  /** The end of a sentence. */
  readonly wrong: string
}

function readMetric(line: string, options: ReadOptions): MetricMessage | Wrong {
  const [nameAndValue = '', symbol = '', ...fields] = line.split('|')
  if (symbol === '') return { reason: 'type-missing', wrong: 'has no type' }
  const colon = nameAndValue.indexOf(':')
  if (colon === 0) return { reason: 'name-missing', wrong: 'has no name' }
  const rawValue = colon < 0 ? '' : nameAndValue.slice(colon + 1)
  if (rawValue === '') return { reason: 'value-missing', wrong: 'has no value' }
  if (!isMetricSymbol(symbol))
    return {
      reason: 'type-unknown',
      wrong: `has a type that is none of ${metricSymbols.join(', ')}`,
    }

  const sampling = readSampling(fields, options)
  if ('wrong' in sampling) return sampling
  const common = {
    kind: 'metric',
    name: fromByteText(nameAndValue.slice(0, colon)),
    ...sampling,
    ...readCommonFields(fields, options),
  } as const
  if (symbol === 's') return { ...common, type: symbol, member: fromByteText(rawValue) }

  const values = readValues(rawValue)
  return 'wrong' in values ? values : { ...common, type: symbol, values }
}

function isMetricSymbol(text: string): text is MetricSymbol {
  return metricSymbols.some((symbol) => symbol === text)
}

type Sampling = Pick<MetricMessage, 'sampleRate' | 'timestampS'>

/** Of several the last counts, but all must be readable. A rate that no rate can be means that nothing was left out. */
function readSampling(fields: readonly string[], { readsTimes }: ReadOptions): Sampling | Wrong {
  const rates = allFields(fields, '@').map(parseFloat64)
  if (rates.includes(undefined))
    return { reason: 'rate-malformed', wrong: 'has a sample rate that is no number' }
  const times = readsTimes ? allFields(fields, 'T').map(parseUnixTime) : []
  if (times.includes(undefined))
    return { reason: 'time-malformed', wrong: `has a time that is not from 1 to ${maxUnixTimeS}` }
  const rate = rates.at(-1) ?? 1
  return { sampleRate: rate > 0 && rate <= 1 ? rate : 1, timestampS: times.at(-1) }
}

function allFields(fields: readonly string[], prefix: string): readonly string[] {
  return fields
    .filter((field) => field.startsWith(prefix))
    .map((field) => field.slice(prefix.length))
}

/** Values that are not finite are left out like empty ones: the Datadog Agent reads them, and adds them to nothing. */
function readValues(rawValue: string): readonly number[] | Wrong {
  const values = rawValue
    .split(':')
    .filter((item) => item !== '')
    .map(parseFloat64)
  const numbers = values.filter((value) => value !== undefined)
  if (numbers.length < values.length)
    return { reason: 'value-malformed', wrong: 'has a value that is no number' }
  const finite = numbers.filter(Number.isFinite)
  return finite.length > 0 ? finite : { reason: 'value-missing', wrong: 'has no finite value' }
}
