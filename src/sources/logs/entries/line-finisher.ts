import type { Entry } from '../entry.ts'
import { AttributeList } from '../../../wire/logs/attribute-list.ts'
import { type LineFacts, readFacts } from './attributes/read-facts.ts'
import { ByteGatherer } from './byte-gatherer.ts'
import { addCutMarks } from './cut-marks.ts'
import type { EntryOptions } from './entries.ts'
import { copyEntry, emptyEntry, type JoinedBy } from './multi-line/line-taker.ts'
import type { LineRules } from './rules/line-rules.ts'

/** A message out of JSON; of all origins together, since a line is handed on before the next one comes. */
const message = new ByteGatherer(64 * 1024)

/**
 * What happens to each entry once it is whole: cut marks, rules, level and attributes; then it is handed over, and counted.
 * Datadog's tags `truncated:` and `multiline:` are attributes here, since tags are of an origin and not of a line.
 */
export class LineFinisher {
  readonly #of: EntryOptions
  readonly #rules: LineRules | undefined
  /** What is handed over where it is not what came. */
  readonly #line = emptyEntry()

  constructor(options: EntryOptions, rules: LineRules | undefined) {
    this.#of = options
    this.#rules = rules
  }

  finish(entry: Entry, joinedBy: JoinedBy): void {
    const { counts, to } = this.#of
    counts.readLines += 1
    const line = this.#line
    copyEntry(entry, line)
    if (line.cut !== 'none') this.#mark(line)
    if (this.#rules !== undefined && !this.#rules(line)) {
      counts.droppedLines += 1
      to.noteProgress()
      return
    }
    const facts = readFacts(line)
    const attributes = this.#attributesOf(facts, line, joinedBy)
    if (facts.message !== undefined) setMessage(line, facts.message)
    counts.handedLines += 1
    to.hand(line, facts.level, attributes)
  }

  #mark(line: Entry): void {
    if (line.cut === 'head') this.#of.counts.truncatedLines += 1
    addCutMarks(line)
  }

  #attributesOf(facts: LineFacts, line: Entry, joinedBy: JoinedBy): string {
    const { tagsTruncated, tagsMultiLine } = this.#of.settings
    const isTruncated = tagsTruncated && line.cut !== 'none'
    const isJoined = tagsMultiLine && joinedBy !== 'single_line'
    if (!isTruncated && !isJoined) return facts.attributes?.toJson() ?? ''
    const attributes = facts.attributes ?? new AttributeList()
    if (isTruncated) attributes.set('truncated', joinedBy)
    if (isJoined) attributes.set('multiline', joinedBy)
    return attributes.toJson()
  }
}

function setMessage(line: Entry, text: string): void {
  message.clear()
  message.addText(text)
  line.bytes = message.bytes
  line.start = 0
  line.end = message.length
}
