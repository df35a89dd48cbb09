/** A piece of a text whose ends may be anywhere within a word. */
export interface TextPiece {
  readonly text: string
  /** Whether nothing but a separator, or an end of the text, can stand before it. */
  readonly isStartWhole: boolean
  /** The same for what stands after it. */
  readonly isEndWhole: boolean
}

/** What the text index takes for a word: ASCII letters and digits, and all that is beyond ASCII. */
const tokenPattern = /[A-Za-z0-9\u{80}-\u{10FFFF}]+/gu
const tokenSign = /[A-Za-z0-9\u{80}-\u{10FFFF}]/u

/** Whether a character belongs to words. */
export function isTokenSign(character: string | undefined): boolean {
  return character !== undefined && tokenSign.test(character)
}

/** A text as the text index keeps it: ASCII letters in lower case. */
export function toIndexCase(text: string): string {
  return text.replaceAll(/[A-Z]+/g, (letters) => letters.toLowerCase())
}

/** What a colour of terminals can leave of itself as words, after a bracket or a semicolon: the index has no colours. */
const colourToken = /^(?:\d+$|\d*m)/

/** The words that the text index has of every line that contains the piece; none where all could be parts of longer ones. */
export function wholeTokens({ text, isStartWhole, isEndWhole }: TextPiece): readonly string[] {
  const tokens: string[] = []
  for (const { 0: token, index } of text.matchAll(tokenPattern)) {
    const mayBegin = index > 0 || isStartWhole
    const mayEnd = index + token.length < text.length || isEndWhole
    const isColour = /[[;]/.test(text.charAt(index - 1)) && colourToken.test(token)
    if (mayBegin && mayEnd && !isColour) tokens.push(toIndexCase(token))
  }
  return tokens
}
