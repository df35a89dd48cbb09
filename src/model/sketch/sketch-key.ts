import { roundHalfEven } from './round-half-even.ts'

/**
 * How much wider each bin is than the one before it. With the middle of a bin taken for its values, no value is off by more
 * than 1/128.
 */
export const gamma: number = 1 + 2 / 128

/** Key of values that are too large for a bin of their own, above about 4.17e211; its negative is for those below. */
export const infinityKey = 32_767

/** Bins of one sketch; beyond, the lowest are added to the lowest that is kept. */
export const maxBins = 4096

const logOfGamma = Math.log1p(2 / 128)
/** Added to the exponent, so that the smallest value with a bin of its own, near 1e-9, has key 1. */
const bias = 1 - Math.floor(Math.log(1e-9) / logOfGamma)
/** Gamma to the power of -1337 as the Datadog Agent computes it; it stands here so that no last digit differs. */
const smallest = 9.941854089121368e-10

/**
 * Key of the bin that a value belongs to: 0 for what is nearer to zero than 1e-9, 1 to 32,766 for positive values,
 * `infinityKey` above, and the negatives of those for negative values. `NaN` has no key, and gives `NaN`.
 * @see `Config.key` in `pkg/util/quantile/config.go` of the Datadog Agent
 */
export function sketchKey(value: number): number {
  if (value < 0) return 0 - positiveKey(-value)
  return positiveKey(value)
}

/**
 * The value that a key stands for: the power of gamma to which values of its bin are rounded; ±Infinity for `±infinityKey`.
 * @see `Config.f64` in `pkg/util/quantile/config.go` of the Datadog Agent
 */
export function keyValue(key: number): number {
  if (key < 0) return -keyValue(-key)
  if (key === 0) return 0
  if (key >= infinityKey) return Infinity
  return gamma ** (key - bias)
}

function positiveKey(value: number): number {
  if (value < smallest) return 0
  const key = roundHalfEven(Math.log(value) / logOfGamma) + bias
  if (key >= infinityKey) return infinityKey
  return key < 1 ? 1 : key
}
