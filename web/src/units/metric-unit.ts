import { locale, say, type MessageKey } from '../messages/message.ts'

/** A unit that all numbers of one axis or column are written in. */
export interface UnitScale {
  /** What stands behind a number: `MiB/s`; empty for numbers of nothing in particular. */
  readonly unit: string
  /** The number alone, as many decimals as all others; `–` for none. */
  readonly numberText: (value: number | null | undefined) => string
  /** Number and unit, which no line break tears apart. */
  readonly text: (value: number | null | undefined) => string
  /** As short as it goes, for an axis. */
  readonly axisText: (value: number) => string
  /** Whether the axis goes up in powers of two. */
  readonly isBinary: boolean
}

type Family = 'bytes' | 'time' | 'percent' | 'plain'

interface MetricUnit {
  readonly family: Family
  /** What a value is multiplied by to be in bytes, seconds, percent, or the unit itself. */
  readonly factor: number
  /** Of plain numbers: the word behind them. */
  readonly word: string
  /** `/s` */
  readonly per: string
}

interface Step {
  readonly size: number
  readonly text: string
}

const si = (powers: Readonly<Record<string, number>>): ReadonlyMap<string, number> =>
  new Map(Object.entries(powers))
const byteFactors = si({
  byte: 1,
  B: 1,
  kilobyte: 1e3,
  kibibyte: 2 ** 10,
  KiB: 2 ** 10,
  megabyte: 1e6,
  mebibyte: 2 ** 20,
  MiB: 2 ** 20,
  gigabyte: 1e9,
  gibibyte: 2 ** 30,
  GiB: 2 ** 30,
  terabyte: 1e12,
  tebibyte: 2 ** 40,
  TiB: 2 ** 40,
})
const timeFactors = si({
  nanosecond: 1e-9,
  ns: 1e-9,
  microsecond: 1e-6,
  us: 1e-6,
  µs: 1e-6,
  millisecond: 1e-3,
  ms: 1e-3,
  second: 1,
  s: 1,
  minute: 60,
  hour: 3600,
  day: 86_400,
  week: 604_800,
})
const percentFactors = si({ percent: 1, '%': 1, percent_nano: 1e-9, fraction: 100 })
const perTexts: Readonly<Partial<Record<string, MessageKey>>> = {
  second: 'unit.second',
  s: 'unit.second',
  minute: 'unit.minute',
  hour: 'unit.hour',
  day: 'unit.day',
}
const byteSteps: readonly (readonly [number, MessageKey])[] = [
  [1, 'unit.byte'],
  [2 ** 10, 'unit.kibibyte'],
  [2 ** 20, 'unit.mebibyte'],
  [2 ** 30, 'unit.gibibyte'],
  [2 ** 40, 'unit.tebibyte'],
]
const timeSteps: readonly (readonly [number, MessageKey])[] = [
  [1e-9, 'unit.nanosecond'],
  [1e-6, 'unit.microsecond'],
  [1e-3, 'unit.millisecond'],
  [1, 'unit.second'],
  [60, 'unit.minute'],
  [3600, 'unit.hour'],
  [86_400, 'unit.day'],
]
const plainSteps: readonly Step[] = [
  { size: 1, text: '' },
  { size: 1e3, text: 'k' },
  { size: 1e6, text: 'M' },
  { size: 1e9, text: 'G' },
  { size: 1e12, text: 'T' },
]
const nothing = '–'
/** Numbers above have more digits than anybody counts, and than an axis has room for. */
const hugeNumber = 1e6
/** A number of a column may be so many times what its unit is chosen for. */
const mostTimes = 1e4
const scientific = new Intl.NumberFormat(locale, {
  notation: 'scientific',
  maximumFractionDigits: 2,
})
const hugeFormat: Pick<Intl.NumberFormat, 'format'> = {
  format: (value: number) => (value === 0 ? '0' : scientific.format(value)),
}
const axisFormat = new Intl.NumberFormat(locale, { maximumSignificantDigits: 4 })

/**
 * The scale for all of `values`: the unit that keeps the highest of them short, and as many decimals for each.
 * @param unit A metric's unit as Datadog or our catalogue spells it: `byte/second`, `B/s`, `percent`, `% of a core`.
 * @param precision Decimals; as many as it takes where absent.
 */
export function scaleFor(
  unit: string,
  values: Iterable<number | null | undefined>,
  precision?: number,
): UnitScale {
  const read = readUnit(unit)
  const { highest, isWhole } = survey(values, read.factor)
  const step = stepFor(read, highest)
  const wanted = isWhole && step.size === 1 ? 0 : decimalsFor(highest / step.size)
  const decimals = precision ?? wanted
  const isHuge = highest / step.size >= hugeNumber
  const fixed = isHuge ? hugeFormat : numberFormat(decimals)
  const short = isHuge ? hugeFormat : axisFormat
  const divisor = step.size / read.factor
  const isPlain = read.family === 'plain'
  const unitText = isPlain ? joined(step.text, read.word + read.per) : step.text + read.per
  const numberText: UnitScale['numberText'] = (value) =>
    value === null || value === undefined ? nothing : writeNumber(value / divisor, fixed, decimals)
  return {
    unit: unitText,
    numberText,
    text: (value) => withUnit(numberText(value), unitText),
    axisText: (value) => withUnit(short.format(value / divisor), isPlain ? step.text : unitText),
    isBinary: read.family === 'bytes',
  }
}

/**
 * The scale for a column of numbers: few that are far above all others do not choose its unit, in which the others would read as next
 * to nothing.
 */
export function columnScaleFor(
  unit: string,
  values: readonly (number | null | undefined)[],
  precision?: number,
): UnitScale {
  const sizes = values
    .map((value) => Math.abs(value ?? 0))
    .filter((size) => size > 0 && Number.isFinite(size))
    .toSorted((one, other) => one - other)
  const usual = sizes[Math.floor(sizes.length / 2)] ?? 0
  const least = Math.round((sizes.at(-1) ?? 0) / mostTimes)
  const telling = values.filter((value) => Math.abs(value ?? 0) <= Math.max(usual, least))
  return scaleFor(unit, [...telling, least], precision)
}

function readUnit(text: string): MetricUnit {
  const slash = text.lastIndexOf('/')
  const base = slash < 0 ? text : text.slice(0, slash)
  const divided = slash < 0 ? '' : text.slice(slash + 1)
  const perKey = perTexts[divided]
  const per = divided === '' ? '' : `/${perKey === undefined ? divided : say(perKey)}`
  const bare = base.startsWith('% ') ? '%' : base
  const families = [
    ['bytes', byteFactors],
    ['time', timeFactors],
    ['percent', percentFactors],
  ] as const
  for (const [family, factors] of families) {
    const factor = factors.get(bare)
    if (factor !== undefined) return { family, factor, word: '', per }
  }
  return { family: 'plain', factor: 1, word: base, per }
}

function survey(
  values: Iterable<number | null | undefined>,
  factor: number,
): { readonly highest: number; readonly isWhole: boolean } {
  let highest = 0
  let isWhole = true
  for (const value of values) {
    if (value === null || value === undefined || !Number.isFinite(value)) continue
    highest = Math.max(highest, Math.abs(value))
    isWhole &&= Number.isInteger(value * factor)
  }
  return { highest: highest * factor, isWhole }
}

function stepFor({ family, per }: MetricUnit, highest: number): Step {
  if (family === 'percent') return { size: 1, text: say('unit.percent') }
  if (family === 'plain') {
    const isBeyond = highest >= 1e12 * hugeNumber
    return (isBeyond ? undefined : plainSteps.findLast(({ size }) => highest >= size)) ?? firstPlain
  }
  // Seconds a second are not summed up to minutes.
  const known = family === 'bytes' ? byteSteps : timeSteps
  const usable = per === '' ? known : known.filter(([size]) => family === 'bytes' || size <= 1)
  const [size, key] =
    highest === 0
      ? (usable.find(([least]) => least === 1) ?? noStep)
      : (usable.findLast(([least]) => highest >= least) ?? usable[0] ?? noStep)
  return { size, text: say(key) }
}

const firstPlain: Step = { size: 1, text: '' }
const noStep = [1, 'unit.second'] as const

/** Three digits for the highest number, at least one behind the point. */
function decimalsFor(highest: number): number {
  if (highest >= 10 || highest === 0) return 1
  if (highest >= 1) return 2
  return Math.min(8, 1 - Math.floor(Math.log10(highest)))
}

function numberFormat(decimals: number): Intl.NumberFormat {
  return new Intl.NumberFormat(locale, {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  })
}

/** Something that is not zero never reads as zero. */
function writeNumber(
  value: number,
  format: Pick<Intl.NumberFormat, 'format'>,
  decimals: number,
): string {
  const smallest = 10 ** -decimals
  if (value !== 0 && Math.abs(value) < smallest / 2) {
    return value > 0 ? `<${format.format(smallest)}` : `>${format.format(-smallest)}`
  }
  return format.format(value)
}

function joined(prefix: string, word: string): string {
  return [prefix, word].filter((part) => part !== '').join('\u00a0')
}

function withUnit(number: string, unit: string): string {
  return unit === '' || number === nothing ? number : `${number}\u00a0${unit}`
}
