import { describe, expect, test } from 'vitest'

import {
  durationText,
  exactDurationText,
  roughDurationText,
  shortDurationText,
} from './duration.ts'
import {
  memoryQuantity,
  percentQuantity,
  quantityText,
  rateQuantity,
  secondsQuantity,
} from './quantity.ts'
import { bytesText, rateText } from './scaled-bytes.ts'

const mebibyte = 2 ** 20

describe('percentQuantity()', () => {
  test.each([
    [0, '0.0'],
    [0.04, '0.0'],
    [34.25, '34.3'],
    [134, '134.0'],
    [1234.5, '1,234.5'],
  ])('%s is %s, always with one decimal', (percent, number) => {
    expect(percentQuantity(percent)).toEqual({ number, unit: '%' })
  })
})

describe('memoryQuantity()', () => {
  test.each([
    [0, '0'],
    [1, '<0.1'],
    [0.4 * mebibyte, '0.4'],
    [9.94 * mebibyte, '9.9'],
    [9.96 * mebibyte, '10'],
    [212 * mebibyte, '212'],
    [12 * 1024 * mebibyte, '12,288'],
  ])('%s bytes are %s MiB', (bytes, number) => {
    expect(memoryQuantity(bytes)).toEqual({ number, unit: 'MiB' })
  })
})

describe('rateQuantity()', () => {
  test('is in KiB/s however large', () => {
    expect(quantityText(rateQuantity(1_234_567_890))).toBe('1,205,633\u00a0KiB/s')
  })
})

describe('bytesText() and rateText()', () => {
  test.each([
    [0, '0\u00a0B'],
    [999, '999\u00a0B'],
    [1023, '1,023\u00a0B'],
    [1025, '1\u00a0KiB'],
    [212.4 * mebibyte, '212\u00a0MiB'],
    [19.4 * 2 ** 30, '19.4\u00a0GiB'],
    [3 * 2 ** 50, '3,072\u00a0TiB'],
  ])('%s is %s', (bytes, text) => {
    expect(bytesText(bytes)).toBe(text)
    expect(rateText(bytes)).toBe(`${text}/s`)
  })
})

describe('durationText()', () => {
  test.each([
    [-5, '0\u00a0s'],
    [59_999, '59\u00a0s'],
    [60_000, '1\u00a0min'],
    [3_600_000, '1\u00a0h\u00a00\u00a0min'],
    [15_120_000, '4\u00a0h\u00a012\u00a0min'],
    [86_400_000 * 3 + 3_600_000 * 4, '3\u00a0d\u00a04\u00a0h'],
  ])('%s ms is %s', (spanMs, text) => {
    expect(durationText(spanMs)).toBe(text)
  })
})

describe('shortDurationText()', () => {
  test.each([
    [-1, '0.0\u00a0ms'],
    [0.04, '0.0\u00a0ms'],
    [12.34, '12.3\u00a0ms'],
    [1000, '1.00\u00a0s'],
    [120_000, '2\u00a0min'],
  ])('%s ms is %s', (spanMs, text) => {
    expect(shortDurationText(spanMs)).toBe(text)
  })
})

describe('exactDurationText()', () => {
  test.each([
    [20, '0.02\u00a0s'],
    [59_990, '59.99\u00a0s'],
    [60_000, '1\u00a0min'],
    [-3_600_000, '0.00\u00a0s'],
  ])('writes %i ms as %s', (spanMs, text) => {
    expect(exactDurationText(spanMs)).toBe(text)
  })
})

describe('secondsQuantity()', () => {
  test.each([
    [0, '0.000'],
    [0.000_01, '<0.001'],
    [0.0123, '0.012'],
    [5400.5, '5,400.500'],
  ])('writes %d as %s', (seconds, number) => {
    expect(secondsQuantity(seconds)).toEqual({ number, unit: 's' })
  })
})

describe('roughDurationText()', () => {
  test('keeps only the largest unit', () => {
    expect(roughDurationText(15_120_000)).toBe('4\u00a0h')
    expect(roughDurationText(86_400_000 * 3)).toBe('3\u00a0d')
    expect(roughDurationText(61_000)).toBe('1\u00a0min')
  })
})
