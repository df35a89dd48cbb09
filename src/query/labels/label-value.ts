import type { Labels } from './list-labels.ts'

/** Longer values are cut: they are configuration, not names. */
const maxLength = 500

/** The value of a label, cut where it is very long; of the label that differs by case alone where none has the name; null without. */
export function labelValue(labels: Labels, name: string): string | null {
  const value = Object.hasOwn(labels, name) ? labels[name] : findOther(labels, name.toLowerCase())
  return value?.slice(0, maxLength) ?? null
}

function findOther(labels: Labels, lower: string): string | undefined {
  for (const other in labels) {
    if (other.length === lower.length && other.toLowerCase() === lower) return labels[other]
  }
  return undefined
}
