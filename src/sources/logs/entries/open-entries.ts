import type { LogRule } from '../../../component/log-rule.ts'
import type { EntryTaker } from '../entry.ts'
import { looksLikeJson } from './attributes/read-json-line.ts'
import type { EntryOptions } from './entries.ts'
import { LineFinisher } from './line-finisher.ts'
import { GroupJoiner, type GroupOptions } from './multi-line/group-joiner.ts'
import { hasTimestamp } from './multi-line/has-timestamp.ts'
import { JsonJoiner } from './multi-line/json-joiner.ts'
import type { LineTaker } from './multi-line/line-taker.ts'
import { compileLineRules } from './rules/line-rules.ts'
import { compileStart, type WithPattern } from './rules/compile-pattern.ts'
import { testLine } from './rules/test-line.ts'

type LineTest = (bytes: Uint8Array, start: number, end: number) => boolean

/**
 * Makes the way of one origin's lines into the block: joined where several belong together, cut marks, rules, then level,
 * attributes and trace from the text. Parts of a line that was cut are lines in all counts but `truncatedLines`, which has
 * each such line once.
 * @throws {LogRuleError} When a rule cannot be compiled; the message names the rule and what is wrong.
 */
export function openEntries(options: EntryOptions): EntryTaker {
  const { settings, config, onFault } = options
  const rules = compileLineRules([...settings.rules, ...config.rules], onFault)
  for (const { name } of settings.rules.filter(isMultiLine))
    onFault(`rule ${name} is of type multi_line, which only the rules of one source can have`)
  const finisher = new LineFinisher(options, rules)
  const to: LineTaker = (entry, joinedBy) => finisher.finish(entry, joinedBy)
  const multiLine = config.rules.filter(isMultiLine)
  if (multiLine.length > 0) return takerOf(joinByRules(multiLine, options, to))
  if (config.isAutoMultiLine ?? settings.multiLine.isAutomatic) return joinByItself(options, to)
  return {
    take: (entry) => to(entry, 'single_line'),
    settle: () => undefined,
    end: () => undefined,
    waitingFrom: () => undefined,
  }
}

function isMultiLine(rule: LogRule): rule is Extract<LogRule, { kind: 'multi-line' }> {
  return rule.kind === 'multi-line'
}

function joinByRules(
  rules: readonly Extract<LogRule, { kind: 'multi-line' }>[],
  options: EntryOptions,
  to: LineTaker,
): GroupJoiner {
  const starts = rules.map((rule) => startTest(rule, `rule ${rule.name}`))
  return new GroupJoiner({
    ...limitsOf(options),
    roleOf: (bytes, start, end) =>
      starts.some((isStart) => isStart(bytes, start, end)) ? 'start' : 'more',
    joinsWithoutStart: true,
    joinedBy: 'multiline_regex',
    to,
  })
}

/** A line that no time or sample begins belongs to the group before; where there is none, it stays alone. */
function joinByItself(options: EntryOptions, to: LineTaker): EntryTaker {
  const { samples, hasTimestampDetection, joinsJson } = options.settings.multiLine
  const starts = samples.map((sample) => startTest(sample, 'a sample of multi-line logs'))
  if (hasTimestampDetection) starts.push(hasTimestamp)
  const groups = new GroupJoiner({
    ...limitsOf(options),
    roleOf(bytes, start, end) {
      if (looksLikeJson(bytes, start, end)) return 'alone'
      return starts.some((isStart) => isStart(bytes, start, end)) ? 'start' : 'more'
    },
    joinsWithoutStart: false,
    joinedBy: 'auto_multiline',
    to,
  })
  return takerOf(joinsJson ? new JsonJoiner({ ...limitsOf(options), to: groups }) : groups)
}

function limitsOf({
  settings,
  config,
  nowMs,
}: EntryOptions): Pick<GroupOptions, 'maxBytes' | 'timeoutMs' | 'nowMs'> {
  return {
    maxBytes: config.maxMessageBytes ?? settings.maxMessageBytes,
    timeoutMs: settings.aggregationTimeoutMs,
    nowMs,
  }
}

/** Whether a line begins as a pattern says; one that takes too long to know does not. */
function startTest(of: WithPattern, owner: string): LineTest {
  const pattern = compileStart(of, owner)
  return (bytes, start, end) => testLine(pattern, { bytes, start, end }) === true
}

function takerOf(joiner: GroupJoiner | JsonJoiner): EntryTaker {
  return {
    take: (entry) => joiner.take(entry),
    settle: (sinceMs) => joiner.settle(sinceMs),
    end: () => joiner.end(),
    waitingFrom: () => joiner.waiting()?.place,
  }
}
