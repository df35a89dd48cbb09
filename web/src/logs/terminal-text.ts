import { applySgr, plainStyle, type TerminalStyle } from './terminal-style.ts'

/** A piece of a message that looks the same all along. */
export interface TextPiece {
  readonly text: string
  readonly style: TerminalStyle
  /** A sign that stands for a character which cannot be seen. */
  readonly isControl: boolean
}

/**
 * Control sequences: parameters, intermediate signs, a final one; and commands to the terminal, such as the title of its
 * window or the address of a link, up to their end.
 */
const sequence = String.raw`(?:\u001b\[|\u009b)(?<parameters>[0-?]*)[ -/]*(?<final>[@-~])|\u001b\][^\u0007\u001b]*(?:\u0007|\u001b\\)`
/** Control characters but tab and line feed; characters without width; marks that turn the direction of what follows. */
const control = String.raw`[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]`
const anySequence = new RegExp(sequence, 'gu')
const anyControl = new RegExp(control, 'gu')
/** Everything that is not shown as it is. */
const anySpecial = new RegExp(`${sequence}|(?<control>${control})`, 'gu')
const hasSpecial = new RegExp(control, 'u')

/** Whether a message holds nothing but text. */
export function isPlainText(message: string): boolean {
  return !hasSpecial.test(message)
}

/**
 * A message as a terminal would show it: colours become styles, other sequences go, and characters that cannot be seen
 * become signs that can. The pieces hold text only, whatever the message is made of.
 */
export function readTerminalText(message: string): readonly TextPiece[] {
  const pieces: TextPiece[] = []
  let style = plainStyle
  let at = 0
  const add = (text: string, isControl: boolean): void => {
    if (text !== '') pieces.push({ text, style, isControl })
  }
  const text = withoutLineEnd(message)
  for (const found of text.matchAll(anySpecial)) {
    add(text.slice(at, found.index), false)
    const { control: character, final, parameters = '' } = found.groups ?? {}
    if (character !== undefined) add(signOf(character), true)
    if (final === 'm') style = applySgr(style, parameters)
    at = found.index + found[0].length
  }
  add(text.slice(at), false)
  return pieces
}

/** The text of a message without colours and other sequences. */
export function plainText(message: string): string {
  if (isPlainText(message)) return message
  return withoutLineEnd(message).replaceAll(anySequence, '').replaceAll(anyControl, signOf)
}

/** The carriage return of a terminal's line end tells nothing. */
function withoutLineEnd(message: string): string {
  return message.endsWith('\r') ? message.slice(0, -1) : message
}

/** The picture that Unicode has of a control character, else its number. */
function signOf(character: string): string {
  const code = character.codePointAt(0) ?? 0
  if (code < 0x20) return String.fromCodePoint(0x24_00 + code)
  if (code === 0x7f) return '␡'
  return `⟨U+${code.toString(16).toUpperCase().padStart(4, '0')}⟩`
}
