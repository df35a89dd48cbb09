import { z } from 'zod'

/** Views that are kept at most. */
export const maxViews = 500

const view = z.strictObject({
  name: z.string().min(1).max(100),
  path: z.string().max(200),
  search: z.string().max(4000),
  savedBy: z.string().max(300),
  savedAtMs: z.number(),
})

/** What `views-….json` holds. */
export const viewsSchema = z.strictObject({
  version: z.literal(1),
  views: z.array(view).readonly(),
})

/** A page under a name, and who saved it when. */
export type ViewRecord = Readonly<z.infer<typeof view>>
/** All saved views. */
export type ViewsState = Readonly<z.infer<typeof viewsSchema>>
