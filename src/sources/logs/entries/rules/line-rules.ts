import type { LogRule } from '../../../../component/log-rule.ts'
import type { Entry } from '../../entry.ts'
import { compilePattern } from './compile-pattern.ts'
import { Mask } from './mask.ts'
import { readReplacement } from './replacement.ts'
import { testLine } from './test-line.ts'

/** What a rule does with a line. @returns Whether the line stays. */
type Step = (line: Entry) => boolean

/** What is done to each line: `false` when it is left out. A mask puts other bytes into the entry, valid until the next line. */
export type LineRules = (line: Entry) => boolean

/**
 * Makes one function of the rules that look at each line, in their order; `undefined` when there are none.
 * A pattern that takes too long for a line is told of once: then the line is kept whatever the rule is, and a mask hides all
 * that it could not look through.
 * @throws {LogRuleError} When a pattern cannot be used.
 */
export function compileLineRules(
  rules: readonly LogRule[],
  onFault: (message: string) => void,
): LineRules | undefined {
  const steps = rules
    .filter((rule) => rule.kind !== 'multi-line')
    .map((rule) => compileRule(rule, onFault))
  if (steps.length === 0) return undefined
  return (line) => steps.every((step) => step(line))
}

function compileRule(
  rule: Exclude<LogRule, { kind: 'multi-line' }>,
  onFault: (message: string) => void,
): Step {
  if (rule.kind === 'exclude-truncated') return (line) => line.cut === 'none'
  const onLate = tellOnce(rule.name, onFault)
  const pattern = compilePattern(rule, `rule ${rule.name}`)
  if (rule.kind === 'mask')
    return makeMask(new Mask(pattern, readReplacement(rule.replacement, pattern)), onLate)
  const isWanted = rule.kind === 'include'
  return (line) => {
    const isMatched = testLine(pattern, line)
    if (isMatched === undefined) onLate()
    return isMatched === undefined || isMatched === isWanted
  }
}

function makeMask(mask: Mask, onLate: () => void): Step {
  return (line) => {
    const masked = mask.apply(line)
    if (masked === undefined) return true
    if (masked.isGivenUp) onLate()
    line.bytes = masked.text.bytes
    line.start = masked.text.start
    line.end = masked.text.end
    return true
  }
}

function tellOnce(name: string, onFault: (message: string) => void): () => void {
  let isTold = false
  return () => {
    if (isTold) return
    isTold = true
    onFault(`rule ${name} takes too long for some lines: make its pattern simpler`)
  }
}
