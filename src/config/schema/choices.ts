import { z } from 'zod'
import { wordList } from './word-list.ts'

/** One of `values`, in upper or lower case. */
export function choiceOf<Value extends string>(values: readonly Value[]): z.ZodType<Value, string> {
  return z
    .string()
    .toLowerCase()
    .pipe(z.enum(values))
    .meta({ allowed: `one of ${values.join(', ')}` })
}

/** Some of `values`, as a list or as one text with commas or spaces between them. */
export function choicesOf<Value extends string>(
  values: readonly Value[],
): z.ZodType<readonly Value[]> {
  const choice = z.enum(values)
  return eachOf(`a list of ${values.join(', ')}`, (word) => choice.safeParse(word).data)
}

/** Fractions of the samples that percentiles are asked for, such as 0.95, in whole hundredths. */
export const percentiles: z.ZodType<readonly number[]> = eachOf(
  'a list of fractions from 0.01 to 1, such as 0.95',
  (word) => {
    const hundredths = Math.floor(Number(word) * 100 + 0.5)
    return hundredths >= 1 && Number(word) <= 1 ? hundredths / 100 : undefined
  },
)

/** A list whose items `read` understands; `undefined` makes the item a fault. */
function eachOf<Value>(
  allowed: string,
  read: (word: string) => Value | undefined,
): z.ZodType<readonly Value[]> {
  return wordList(allowed)
    .transform((words, context) =>
      words.flatMap((word) => {
        const value = read(word)
        if (value !== undefined) return [value]
        context.addIssue({ code: 'custom', params: { seen: word, allowed } })
        return []
      }),
    )
    .meta({ allowed })
}
