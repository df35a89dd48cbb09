/** How well a text answers what is typed, and which of its letters do, to be shown in bold. */
export interface Match {
  /** Greater is better; only good for comparing. */
  readonly score: number
  /** Offsets into the text: from, and the end after the last, in order. */
  readonly ranges: readonly (readonly [from: number, to: number])[]
}

/** A text made ready to be searched many times. */
export interface Searched {
  readonly text: string
  /** In small letters without accents, letter for letter as long as `text`. */
  readonly plain: string
}

const whole = 1000
const start = 800
const wordStart = 600
const inside = 400
const scattered = 100
/** Of two texts that answer alike, the shorter has less else in it. */
const perLetterBeyond = 0.5

/** Makes a text ready to be searched. */
export function prepareText(text: string): Searched {
  return { text, plain: text.replaceAll(/./gsu, plainLetter) }
}

/** The words of what is typed, each to be found. */
export function readWords(typed: string): readonly string[] {
  return prepareText(typed.trim())
    .plain.split(/\s+/)
    .filter((word) => word !== '')
}

/**
 * How a text answers words: each has to be found in it. Best where the text is the word, then where it starts with it, where a
 * word of it does, where it has it anywhere, and last where it has the letters in that order, from the start of a word on.
 */
export function matchWords(words: readonly string[], searched: Searched): Match | undefined {
  let score = -searched.plain.length * perLetterBeyond
  const ranges: (readonly [number, number])[] = []
  for (const word of words) {
    const found = matchWord(word, searched.plain)
    if (found === undefined) return undefined
    score += found.score / words.length
    ranges.push(...found.ranges)
  }
  return { score, ranges: mergeRanges(ranges) }
}

function matchWord(word: string, plain: string): Match | undefined {
  const at = bestPlace(word, plain)
  if (at < 0) return matchScattered(word, plain)
  const end = at + word.length
  const ranges = [[at, end]] as const
  if (at === 0) return { score: word.length === plain.length ? whole : start, ranges }
  return { score: isWordStart(plain, at) ? wordStart : inside, ranges }
}

/** Where a word stands as it is; at the start of a word if it does anywhere, else at its first place; -1 for nowhere. */
function bestPlace(word: string, plain: string): number {
  const first = plain.indexOf(word)
  for (let at = first; at >= 0; at = plain.indexOf(word, at + 1)) {
    if (isWordStart(plain, at)) return at
  }
  return first
}

/** `shw` in `shop-web`. Starts of words are tried first, since people leave out the ends. */
function matchScattered(word: string, plain: string): Match | undefined {
  for (let at = plain.indexOf(word[0] ?? ''); at >= 0; at = plain.indexOf(word[0] ?? '', at + 1)) {
    if (!isWordStart(plain, at)) continue
    const places = placesAtStarts(word, plain, at) ?? placesInOrder(word, plain, at)
    if (places === undefined) return undefined
    const starts = places.filter((place) => isWordStart(plain, place)).length
    const ranges = mergeRanges(places.map((place) => [place, place + 1] as const))
    const score = scattered + (starts / word.length) * scattered - ranges.length * 4
    return { score, ranges }
  }
  return undefined
}

/** Each letter right after the one before it, or else at the next start of a word. */
function placesAtStarts(word: string, plain: string, from: number): readonly number[] | undefined {
  const places = [from]
  for (const letter of word.slice(1)) {
    const before = places.at(-1) ?? from
    let at = before + 1
    if (plain[at] !== letter) {
      while (at < plain.length && !(plain[at] === letter && isWordStart(plain, at))) at += 1
    }
    if (at >= plain.length) return undefined
    places.push(at)
  }
  return places
}

/** Each letter at its next place, but not farther off than a word is long. */
function placesInOrder(word: string, plain: string, from: number): readonly number[] | undefined {
  const farthest = 12
  const places = [from]
  for (const letter of word.slice(1)) {
    const before = places.at(-1) ?? from
    const at = plain.indexOf(letter, before + 1)
    if (at < 0 || at - before > farthest) return undefined
    places.push(at)
  }
  return places
}

function isWordStart(plain: string, at: number): boolean {
  return at === 0 || !/[\p{L}\p{N}]/u.test(plain[at - 1] ?? '')
}

function mergeRanges(
  ranges: readonly (readonly [number, number])[],
): readonly (readonly [number, number])[] {
  const merged: [number, number][] = []
  for (const [from, to] of ranges.toSorted(([left], [right]) => left - right)) {
    const last = merged.at(-1)
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to)
    else merged.push([from, to])
  }
  return merged
}

/** One letter for one, so that places in both texts are the same. */
function plainLetter(letter: string): string {
  const [bare = letter] = letter.normalize('NFD')
  const small = bare.toLowerCase()
  return small.length === letter.length ? small : letter
}
