import {
  functionSignatures,
  refusedFunctions,
  type FunctionSignature,
  type OptionRule,
} from './function-signatures.ts'
import type { QueryScanner } from './query-scanner.ts'
import { numberPattern, takeChoice, takeText } from './scan-options.ts'

/**
 * What a function takes that is called at `start`.
 * @throws {QuestionError} When there is no such function.
 */
export function signatureOf(scanner: QueryScanner, start: number, name: string): FunctionSignature {
  const signature = functionSignatures.get(name)
  if (signature !== undefined) return signature
  const reason = refusedFunctions.get(name)
  throw scanner.faultAt(
    start,
    reason === undefined
      ? `there is no function ${name}()`
      : `the function ${name}() is not supported, ${reason}`,
  )
}

/**
 * Reads what stands in a call after its query, up to the closing bracket.
 * @throws {QuestionError} With the place of the fault.
 */
export function parseCallOptions(
  scanner: QueryScanner,
  { options, required, example }: FunctionSignature,
): readonly (number | string)[] {
  const found: (number | string)[] = []
  for (const rule of options) {
    if (found.length >= required && !scanner.isBefore(',')) break
    scanner.expect(',', example)
    found.push(parseOption(scanner, rule))
  }
  scanner.expect(')', example)
  return found
}

function parseOption(scanner: QueryScanner, rule: OptionRule): number | string {
  const start = scanner.position
  switch (rule.kind) {
    case 'choice':
      return takeChoice(scanner, rule.choices)
    case 'text': {
      const text = takeText(scanner)
      if (text !== undefined && rule.isValid(text)) return text
      throw scanner.faultAt(start, `${rule.expected} is expected`)
    }
    case 'number': {
      const value = takeSignedNumber(scanner)
      const isWithin = value >= rule.from && value <= rule.to
      if (isWithin && (!rule.isWhole || Number.isInteger(value))) return value
      throw scanner.faultAt(start, `${rule.expected} is expected`)
    }
  }
}

/** NaN when there is none. */
function takeSignedNumber(scanner: QueryScanner): number {
  const sign = scanner.take('-') ? -1 : 1
  const digits = scanner.takePattern(numberPattern)
  return digits === undefined ? Number.NaN : sign * Number(digits)
}
