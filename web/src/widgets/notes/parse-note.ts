import type { Block } from './note.ts'
import { parseInlines } from './parse-inlines.ts'

const fence = /^\s*```/
const heading = /^(#{1,6})\s+(.*?)\s*#*\s*$/
const rule = /^\s*(?:-{3,}|\*{3,}|_{3,})\s*$/
const bullet = /^\s*[-*+]\s+(.*)$/
const numbered = /^\s*\d{1,9}[.)]\s+(.*)$/

/** Reads a small part of Markdown: headings, lists, code, rules, and paragraphs whose line breaks stay. */
export function parseNote(text: string): readonly Block[] {
  const lines = text.replaceAll(/\r\n?/g, '\n').split('\n')
  const blocks: Block[] = []
  let at = 0
  while (at < lines.length) {
    const { block, lineCount } = readBlock(lines, at)
    if (block) blocks.push(block)
    at += lineCount
  }
  return blocks
}

interface ReadBlock {
  /** Absent for blank lines. */
  readonly block?: Block
  readonly lineCount: number
}

function readBlock(lines: readonly string[], at: number): ReadBlock {
  const line = lines[at] ?? ''
  if (line.trim() === '') return { lineCount: 1 }
  if (fence.test(line)) return readCode(lines, at)
  const [, signs, title = ''] = heading.exec(line) ?? []
  if (signs !== undefined) {
    return {
      block: { kind: 'heading', level: levelOf(signs.length), of: parseInlines(title) },
      lineCount: 1,
    }
  }
  if (rule.test(line)) return { block: { kind: 'rule' }, lineCount: 1 }
  if (bullet.test(line)) return readList(lines, at, bullet)
  if (numbered.test(line)) return readList(lines, at, numbered)
  return readParagraph(lines, at)
}

/** Smaller headings than the third level look like it. */
function levelOf(signs: number): 1 | 2 | 3 {
  if (signs === 1) return 1
  return signs === 2 ? 2 : 3
}

function readCode(lines: readonly string[], at: number): ReadBlock {
  const inside = countWhile(lines, at + 1, (line) => !fence.test(line))
  const text = lines.slice(at + 1, at + 1 + inside).join('\n')
  return { block: { kind: 'code', text }, lineCount: inside + 2 }
}

function readList(lines: readonly string[], at: number, item: RegExp): ReadBlock {
  const lineCount = countWhile(lines, at, (line) => item.test(line) && !rule.test(line))
  const items = lines
    .slice(at, at + lineCount)
    .map((line) => parseInlines(item.exec(line)?.[1] ?? ''))
  return { block: { kind: 'list', isNumbered: item === numbered, items }, lineCount }
}

function readParagraph(lines: readonly string[], at: number): ReadBlock {
  const begins = [fence, heading, rule, bullet, numbered]
  const more = countWhile(
    lines,
    at + 1,
    (line) => line.trim() !== '' && begins.every((pattern) => !pattern.test(line)),
  )
  const text = lines.slice(at, at + 1 + more).join('\n')
  return { block: { kind: 'paragraph', of: parseInlines(text.trim()) }, lineCount: more + 1 }
}

function countWhile(
  lines: readonly string[],
  from: number,
  holds: (line: string) => boolean,
): number {
  let count = 0
  while (from + count < lines.length && holds(lines[from + count] ?? '')) count += 1
  return count
}
