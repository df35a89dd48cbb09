import { z } from 'zod'

/** Where data is kept. A ClickHouse server instead of the embedded one is refused until it works: not passed over in silence. */
export const storeAddress: z.ZodType<string, string> = z
  .literal('embedded')
  .meta({ allowed: 'embedded; a ClickHouse server cannot be used in this version' })
