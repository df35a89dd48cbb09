import { sections, type Choice, type Section } from './choice.ts'
import { matchWords, readWords, type Match } from './fuzzy-match.ts'

/** A choice that answers what is typed. */
export interface Ranked {
  readonly choice: Choice
  /** Which letters of its text answer; none where something else about it does. */
  readonly ranges: Match['ranges']
}

/** A part of the list: its best, and how many there are in all. */
export interface RankedSection {
  readonly section: Section
  readonly shown: readonly Ranked[]
  readonly count: number
}

interface Scored extends Ranked {
  readonly score: number
}

const mostShown = 7
const mostRecent = 5
/** Of choices in a section nobody has asked for. */
const mostUnasked: Readonly<Partial<Record<Section, number>>> = { containers: 5, hosts: 4 }
/** What answers by something else than its name comes after what answers by its name as well. */
const otherPenalty = 150
/** What one chose lately comes before what answers as well. */
const recentBonus = 120
/** Hexadecimal digits from which on they may be the beginning of an id. */
const fewestDigits = 3

/**
 * The choices that answer what is typed, by sections: those with the best answer first, in each the best first. While nothing
 * is typed: what was chosen lately, then all sections in their usual order. `recent` are ids, the last one first.
 */
export function rankChoices(
  choices: readonly Choice[],
  typed: string,
  recent: readonly string[],
): readonly RankedSection[] {
  const words = readWords(typed)
  return words.length === 0 ? listAll(choices, recent) : listFound(choices, words, recent)
}

function listAll(choices: readonly Choice[], recent: readonly string[]): readonly RankedSection[] {
  const byId = new Map(choices.map((choice) => [choice.id, choice]))
  const lately = recent.flatMap((id) => byId.get(id) ?? []).slice(0, mostRecent)
  const rest = choices.filter((choice) => !lately.includes(choice) && choice.isAlways !== true)
  return sections.flatMap((section) => {
    const own = section === 'recent' ? lately : rest.filter((choice) => choice.section === section)
    if (own.length === 0) return []
    const most = mostUnasked[section] ?? (section === 'actions' ? own.length : mostShown)
    const shown = own.slice(0, most).map((choice) => ({ choice, ranges: [] }))
    return [{ section, shown, count: own.length }]
  })
}

function listFound(
  choices: readonly Choice[],
  words: readonly string[],
  recent: readonly string[],
): readonly RankedSection[] {
  const lately = new Set(recent)
  const found = new Map<Section, Scored[]>()
  for (const choice of choices) {
    const scored = scoreChoice(choice, words)
    if (scored === undefined) continue
    const score = scored.score + (lately.has(choice.id) ? recentBonus : 0)
    const own = found.get(choice.section)
    if (own === undefined) found.set(choice.section, [{ ...scored, score }])
    else own.push({ ...scored, score })
  }
  return [...found]
    .map(([section, scored]) => ({
      section,
      scored: scored.toSorted((left, right) => right.score - left.score),
    }))
    .toSorted((left, right) => bestOf(right.scored) - bestOf(left.scored))
    .map(({ section, scored }) => ({
      section,
      shown: scored.slice(0, mostShown),
      count: scored.length,
    }))
}

function scoreChoice(choice: Choice, words: readonly string[]): Scored | undefined {
  if (choice.isAlways === true) return { choice, ranges: [], score: Number.NEGATIVE_INFINITY }
  const [name, ...others] = choice.searched
  const byName = name && matchWords(words, name)
  if (byName) return { choice, ...byName }
  const [word = ''] = words
  const isId = words.length === 1 && word.length >= fewestDigits
  if (isId && choice.idDigits?.startsWith(word) === true) return { choice, ranges: [], score: 700 }
  const scores = others.map((other) => matchWords(words, other)?.score)
  const best = Math.max(
    ...scores.map((score) => score ?? Number.NEGATIVE_INFINITY),
    scoreTogether(choice, words),
  )
  return best > Number.NEGATIVE_INFINITY
    ? { choice, ranges: [], score: best - otherPenalty }
    : undefined
}

/** `shop db-host`: one word is of its name, another of something else about it. */
function scoreTogether(choice: Choice, words: readonly string[]): number {
  if (words.length < 2) return Number.NEGATIVE_INFINITY
  let sum = 0
  for (const word of words) {
    const scores = choice.searched.map((searched) => matchWords([word], searched)?.score)
    sum += Math.max(...scores.map((score) => score ?? Number.NEGATIVE_INFINITY))
  }
  return sum / words.length
}

function bestOf(scored: readonly Scored[]): number {
  return scored[0]?.score ?? Number.NEGATIVE_INFINITY
}
