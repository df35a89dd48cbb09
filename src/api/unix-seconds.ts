import type { z } from 'zod'
import { wholeNumber } from './logs-input.ts'

/** Whole Unix seconds, as far as the store can hold them: to the end of the year 2200. */
export const unixSeconds: z.ZodCoercedNumber = wholeNumber(0, 7_289_654_399)
