import { locale, say, type MessageKey } from '../messages/message.ts'
import { quantityText, type Quantity } from './quantity.ts'

const steps: readonly MessageKey[] = [
  'unit.byte',
  'unit.kibibyte',
  'unit.mebibyte',
  'unit.gibibyte',
  'unit.tebibyte',
]
const threeDigits = new Intl.NumberFormat(locale, { maximumSignificantDigits: 3 })
const whole = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 })

/** Bytes in the unit that keeps the number short: `3.1 GiB`, `212 MiB`. For figures that stand alone, not for columns. */
export function bytesText(bytes: number): string {
  return quantityText(scaledBytes(bytes))
}

/** Bytes a second in the unit that keeps the number short: `1.2 MiB/s`. */
export function rateText(bytesPerS: number): string {
  const { number, unit } = scaledBytes(bytesPerS)
  return quantityText({ number, unit: unit + say('unit.perSecond') })
}

function scaledBytes(bytes: number): Quantity {
  let value = bytes
  let step = 0
  while (Math.abs(value) >= 1024 && step < steps.length - 1) {
    value /= 1024
    step += 1
  }
  const format = Math.abs(value) >= 100 ? whole : threeDigits
  return { number: format.format(value), unit: say(steps[step] ?? 'unit.byte') }
}
