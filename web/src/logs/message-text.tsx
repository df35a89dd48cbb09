import type { CSSProperties, ReactElement } from 'react'

import type { TerminalColour, TerminalStyle } from './terminal-style.ts'
import { isPlainText, readTerminalText } from './terminal-text.ts'

/** A message with the colours of its terminal. Whatever is in it becomes text, nothing becomes markup. */
export function MessageText({ message }: { readonly message: string }): ReactElement {
  if (isPlainText(message)) return <>{message}</>
  return (
    <>
      {readTerminalText(message).map(({ text, style, isControl }, index) =>
        isControl ? (
          <span key={index} className="log-control">
            {text}
          </span>
        ) : (
          <span key={index} className={classOf(style)} style={freeColours(style)}>
            {text}
          </span>
        ),
      )}
    </>
  )
}

const switches = [
  ['font-bold', 'isBold'],
  ['text-faint', 'isFaint'],
  ['italic', 'isItalic'],
  ['underline', 'isUnderlined'],
  ['line-through', 'isStruck'],
] as const satisfies readonly (readonly [string, keyof TerminalStyle])[]

/** The parts of a style that the style sheet knows; inverse colours change places. */
function classOf(style: TerminalStyle): string | undefined {
  const { colour, background } = turned(style)
  const classes: string[] = switches.flatMap(([name, isOn]) => (style[isOn] === true ? [name] : []))
  if (typeof colour === 'number') classes.push(`ansi-${colour}`)
  if (typeof background === 'number') classes.push(`ansi-on-${background}`)
  if (typeof colour === 'string' && background === undefined) classes.push('ansi-free')
  if (style.isInverse === true && colour === undefined) classes.push('ansi-inverse')
  if (style.isInverse === true && background === undefined) classes.push('ansi-on-ink')
  return classes.length === 0 ? undefined : classes.join(' ')
}

function freeColours(style: TerminalStyle): CSSProperties | undefined {
  const { colour, background } = turned(style)
  if (typeof colour !== 'string' && typeof background !== 'string') return undefined
  return {
    // As it is on its own background; on ours the style sheet sees to it that it can be read.
    ...(typeof colour === 'string' && background !== undefined && { color: colour }),
    ...(typeof colour === 'string' && background === undefined && { '--free': colour }),
    ...(typeof background === 'string' && { backgroundColor: background }),
    ...(typeof background === 'string' && colour === undefined && { color: inkOn(background) }),
  }
}

/** Black or white, whichever can be read better on a colour `rgb(r g b)`. @see WCAG 2.2, "relative luminance" */
function inkOn(background: string): string {
  const [red = 0, green = 0, blue = 0] = (background.match(/\d+/g) ?? []).map((part) => {
    const share = Number(part) / 255
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4
  })
  const luminance = 0.2126 * red + 0.7152 * green + 0.0722 * blue
  return luminance > 0.179 ? '#000000' : '#ffffff'
}

function turned({ colour, background, isInverse }: TerminalStyle): {
  readonly colour: TerminalColour | undefined
  readonly background: TerminalColour | undefined
} {
  return isInverse === true ? { colour: background, background: colour } : { colour, background }
}
