const shownLength = 20

/** `at character 5, before foo`, or `at its end`: where in a text something is, for a sentence; counted from 1. */
export function describePlace(text: string, at: number): string {
  const seen = text.slice(at, at + shownLength).toWellFormed()
  if (seen === '') return 'at its end'
  return `at character ${at + 1}, before ${seen}`
}
