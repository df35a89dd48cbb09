import { z } from 'zod'

/**
 * A list whose items fit a schema. Unlike `z.array()` it stops at the first item that does not: a body of a million wrong
 * items would become millions of faults, of which nobody is told more than the first.
 * @param maxLength Items at most.
 */
export function listOf<T>(item: z.ZodType<T>, maxLength?: number): z.ZodType<T[]> {
  const list = z.array(z.unknown())
  return (maxLength === undefined ? list : list.max(maxLength)).transform((given, context) => {
    const read: T[] = []
    for (const [index, one] of given.entries()) {
      if (!take(item, one, { context, place: index, add: (value) => read.push(value) }))
        return z.NEVER
    }
    return read
  })
}

/** An object of any names whose values fit a schema; it stops at the first that does not, too. */
export function recordOf<T>(value: z.ZodType<T>): z.ZodType<Record<string, T>> {
  return z.record(z.string(), z.unknown()).transform((given, context) => {
    const read: [string, T][] = []
    for (const [name, one] of Object.entries(given)) {
      if (!take(value, one, { context, place: name, add: (known) => read.push([name, known]) }))
        return z.NEVER
    }
    return Object.fromEntries(read)
  })
}

interface Taking<T> {
  readonly context: z.RefinementCtx
  /** Index or name. */
  readonly place: PropertyKey
  readonly add: (value: T) => void
}

/** False, and told, when it does not fit. */
function take<T>(
  schema: z.ZodType<T>,
  given: unknown,
  { context, place, add }: Taking<T>,
): boolean {
  const result = schema.safeParse(given)
  if (result.success) {
    add(result.data)
    return true
  }
  const [issue] = result.error.issues
  const message = issue?.message ?? 'it does not fit'
  context.addIssue({ code: 'custom', message, path: [place, ...(issue?.path ?? [])] })
  return false
}
