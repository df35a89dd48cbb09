import type { QueryScanner } from './query-scanner.ts'

/** A number without a sign. */
export const numberPattern = /(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?/y
/** The name of a function or of a way to do something. */
export const wordPattern = /[A-Za-z_]\w*/y

const quotedPattern = /'[^']*'|"[^"]*"/y

/**
 * Takes one of some words, with quotes or without.
 * @throws {QuestionError} When something else comes next, with the words that may come.
 */
export function takeChoice<Choice extends string>(
  scanner: QueryScanner,
  choices: readonly Choice[],
): Choice {
  const start = scanner.position
  const word = takeText(scanner) ?? scanner.takePattern(wordPattern)
  const choice = choices.find((one) => one === word)
  if (choice === undefined) throw scanner.faultAt(start, `one of ${choices.join(', ')} is expected`)
  return choice
}

/** Takes a text in single or double quotes and gives it without; undefined when none comes next. */
export function takeText(scanner: QueryScanner): string | undefined {
  return scanner.takePattern(quotedPattern)?.slice(1, -1)
}
