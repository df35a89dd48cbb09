import type { Inline } from './note.ts'

/** Signs around a piece of text, the longer before the shorter. */
const marks = [
  { sign: '**', kind: 'strong' },
  { sign: '__', kind: 'strong' },
  { sign: '*', kind: 'emphasis' },
  { sign: '_', kind: 'emphasis' },
] as const

/** Only these addresses become links: none that runs a script or leaves the web. */
const link = /\[([^[\]\n]{1,500})\]\(\s*(https?:\/\/[^\s()<>"]{1,2000})\s*\)/y
const bareAddress = /https?:\/\/[^\s<>"'()[\]]{1,2000}/y
const escaped = /\\([!-/:-@[-`{-~])/y
const inlineCode = /`([^`]{1,2000})`/y
/** What is certainly text. */
const plain = /(?:[^\\`*_[h]|h(?!ttps?:\/\/))+/y
/** Marks within marks beyond this are read as text. */
const deepest = 4

interface Found {
  readonly inline: Inline
  readonly length: number
}

/** The pieces of a line of Markdown. What is not understood, HTML above all, is text. */
export function parseInlines(text: string, depth = 0): readonly Inline[] {
  const inlines: Inline[] = []
  let at = 0
  while (at < text.length) {
    const found = findAt(text, at, depth) ?? textOf(text.charAt(at), 1)
    const { inline, length } = found
    const last = inlines.at(-1)
    if (inline.kind === 'text' && last?.kind === 'text') {
      inlines[inlines.length - 1] = { kind: 'text', text: last.text + inline.text }
    } else inlines.push(inline)
    at += length
  }
  return inlines
}

function findAt(text: string, at: number, depth: number): Found | undefined {
  const [plainText = ''] = matchAt(plain, text, at)
  if (plainText !== '') return textOf(plainText, plainText.length)
  const [escape = '', character = ''] = matchAt(escaped, text, at)
  if (escape !== '') return textOf(character, escape.length)
  const [code = '', inside = ''] = matchAt(inlineCode, text, at)
  if (code !== '') return { inline: { kind: 'code', text: inside }, length: code.length }
  return findLink(text, at) ?? (depth < deepest ? findMarked(text, at, depth) : undefined)
}

function findLink(text: string, at: number): Found | undefined {
  const [whole = '', name = '', address = ''] = matchAt(link, text, at)
  if (whole !== '') {
    // A link within a link would be none.
    const inline: Inline = { kind: 'link', address, of: [{ kind: 'text', text: name }] }
    return { inline, length: whole.length }
  }
  const [bare = ''] = matchAt(bareAddress, text, at)
  const trimmed = bare.replace(/[.,;:!?]+$/, '')
  if (trimmed === '') return undefined
  const of: readonly Inline[] = [{ kind: 'text', text: trimmed }]
  return { inline: { kind: 'link', address: trimmed, of }, length: trimmed.length }
}

function findMarked(text: string, at: number, depth: number): Found | undefined {
  for (const { sign, kind } of marks) {
    if (!text.startsWith(sign, at)) continue
    const end = closingOf(text, sign, at + sign.length)
    const isWithinWord = sign.startsWith('_') && isWordAt(text, at - 1)
    if (end === undefined || isWithinWord) continue
    const inside = text.slice(at + sign.length, end)
    const of = parseInlines(inside, depth + 1)
    return { inline: { kind, of }, length: inside.length + 2 * sign.length }
  }
  return undefined
}

/** Where the sign ends what it began: not after a blank, and `_` not within a word. */
function closingOf(text: string, sign: string, start: number): number | undefined {
  if (text.charAt(start).trim() === '') return undefined
  const end = text.indexOf(sign, start + 1)
  if (end < 0 || text.charAt(end - 1).trim() === '') return undefined
  return sign.startsWith('_') && isWordAt(text, end + sign.length) ? undefined : end
}

function isWordAt(text: string, at: number): boolean {
  return /[\p{L}\p{N}]/u.test(text.charAt(at))
}

function matchAt(pattern: RegExp, text: string, at: number): readonly string[] {
  pattern.lastIndex = at
  return pattern.exec(text) ?? []
}

function textOf(text: string, length: number): Found {
  return { inline: { kind: 'text', text }, length }
}
