import { z } from 'zod'
import type { NewSavedView, SavedView, SavedViewList } from '../contract/views.ts'

const text = z.string()

const view = z.object({
  name: text,
  path: text.meta({ description: 'Of a page: /logs' }),
  search: text.meta({ description: 'What stands behind ?' }),
  savedBy: text,
  savedAtMs: z.number().meta({ description: 'Unix milliseconds' }),
}) satisfies z.ZodType<SavedView>

/** `SavedViewList` of the contract. */
export const savedViewListSchema = z.object({
  views: z.array(view).readonly(),
}) satisfies z.ZodType<SavedViewList>

/** `NewSavedView` of the contract; `src/views` says what of it will do. */
export const newSavedViewInput = z.strictObject({
  name: text,
  path: text,
  search: text,
}) satisfies z.ZodType<NewSavedView>
