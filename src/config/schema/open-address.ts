import type { z } from 'zod'
import { webAddress } from '../../component/web-address.ts'

const allowed =
  'an http:// or https:// address without user and password, such as http://127.0.0.1:8127'

/** The base address of a server that is told to anybody, without a slash at its end: it holds no password. */
export const openAddress: z.ZodType<string, string> = webAddress
  .refine((address) => {
    const url = URL.parse(address)
    return url === null || (url.username === '' && url.password === '')
  })
  .meta({ allowed })
