import { locale, say } from '../messages/message.ts'

/** A number that is ready to be read, apart from its unit so that a cell can set the unit back. */
export interface Quantity {
  readonly number: string
  readonly unit: string
}

const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })
const oneDecimal = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 1,
  maximumFractionDigits: 1,
})
const upToOneDecimal = new Intl.NumberFormat(locale, { maximumFractionDigits: 1 })
const twoDecimals = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 2,
  maximumFractionDigits: 2,
})
const threeDecimals = new Intl.NumberFormat(locale, {
  minimumFractionDigits: 3,
  maximumFractionDigits: 3,
})
const kibibyte = 1024
const mebibyte = 1024 * 1024

/** Number and unit as one text that no line break tears apart. */
export function quantityText({ number, unit }: Quantity): string {
  return unit === '' ? number : `${number}\u00a0${unit}`
}

/** A share in percent, always with one decimal so that a column lines up. */
export function percentQuantity(percent: number): Quantity {
  return { number: oneDecimal.format(percent), unit: say('unit.percent') }
}

/** A share in percent without a decimal that says nothing: for an axis or a limit. */
export function shortPercentQuantity(percent: number): Quantity {
  return { number: upToOneDecimal.format(percent), unit: say('unit.percent') }
}

/** Bytes of memory in MiB, whatever the size, so that a column can be compared by eye. */
export function memoryQuantity(bytes: number): Quantity {
  return { number: shortNumber(bytes / mebibyte), unit: say('unit.mebibyte') }
}

/** Bytes a second in KiB/s, whatever the size, so that a column can be compared by eye. */
export function rateQuantity(bytesPerS: number): Quantity {
  return {
    number: shortNumber(bytesPerS / kibibyte),
    unit: say('unit.kibibyte') + say('unit.perSecond'),
  }
}

/** A load average, which has no unit, always with two decimals. */
export function loadQuantity(load: number): Quantity {
  return { number: twoDecimals.format(load), unit: '' }
}

/** A length of time in seconds, whatever its size, so that a column can be compared by eye; to a thousandth. */
export function secondsQuantity(seconds: number): Quantity {
  const isTiny = seconds > 0 && seconds < 0.0005
  const number = isTiny ? `<${threeDecimals.format(0.001)}` : threeDecimals.format(seconds)
  return { number, unit: say('unit.second') }
}

/** A count of things. */
export function countQuantity(count: number): Quantity {
  return { number: whole.format(count), unit: '' }
}

/** What was not read is a dash, never 0. */
export function orDash(value: number | null, write: (value: number) => string): string {
  return value === null ? '–' : write(value)
}

/** One decimal below ten, none above; something that is not zero never reads as zero. */
function shortNumber(value: number): string {
  if (value === 0) return '0'
  if (value < 0.05) return `<${oneDecimal.format(0.1)}`
  return value < 9.95 ? oneDecimal.format(value) : whole.format(value)
}
