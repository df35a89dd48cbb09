/** As much of a message as a row shows before it is opened. */
export interface FoldedMessage {
  readonly text: string
  /** How many characters are left out. */
  readonly hiddenLength: number
}

const mostLength = 1200
const mostLines = 12

/** Cuts a message that is too long for a row, and not between the halves of a character. */
export function foldMessage(message: string): FoldedMessage {
  const end = Math.min(mostLength, endOfLines(message))
  // A little more is shown rather than a button that brings a word.
  const spare = end === mostLength ? mostLength / 10 : 0
  if (message.length <= end + spare) return { text: message, hiddenLength: 0 }
  const isSplit = /[\ud800-\udbff]/.test(message.charAt(end - 1))
  const text = message.slice(0, isSplit ? end - 1 : end)
  return { text, hiddenLength: message.length - text.length }
}

/** Where the last line ends that may be shown. */
function endOfLines(message: string): number {
  let at = -1
  for (let line = 0; line < mostLines; line += 1) {
    at = message.indexOf('\n', at + 1)
    if (at < 0) return message.length
  }
  return at
}
