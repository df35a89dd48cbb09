import { decodeKeys, decodeRest, type Key } from '../../terminal/keys.ts'

/** Makes keys of what a terminal sends. */
export interface KeyReader {
  readonly hear: (text: string) => void
  readonly close: () => void
}

/** How long the rest of a key's sequence may take; without one it was the key Escape. */
const restOfKeyMs = 50

/** A reader that gives keys to `press` as they come. */
export function createKeyReader(press: (keys: readonly Key[]) => void): KeyReader {
  let beginning = ''
  let timer: NodeJS.Timeout | undefined

  function giveUp(): void {
    const rest = beginning
    beginning = ''
    press(decodeRest(rest))
  }

  return {
    hear(text) {
      clearTimeout(timer)
      const { keys, rest } = decodeKeys(beginning + text)
      beginning = rest
      press(keys)
      if (rest !== '') timer = setTimeout(giveUp, restOfKeyMs)
    },
    close: () => clearTimeout(timer),
  }
}
