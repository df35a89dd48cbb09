import type { z } from 'zod'
import { wordList } from './word-list.ts'

/** Tags as a list or as one text, separated by commas or spaces; each once, in the order given. */
export const tagList: z.ZodType<readonly string[]> = wordList(
  'a list of key:value, or one text with commas or spaces between them',
)
