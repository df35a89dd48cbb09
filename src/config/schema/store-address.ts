import { z } from 'zod'

const allowed =
  'embedded, or the http:// or https:// address of a ClickHouse server, such as https://clickhouse:8443'

/** Where data is kept: in the data folder, or in a ClickHouse server, whose address has no slash at its end. */
export const storeAddress: z.ZodType<string, string> = z
  .string()
  .superRefine((address, context) => {
    if (address === 'embedded' || isServerAddress(address)) return
    const hint = hintFor(address)
    const params = { seen: address, allowed: hint === undefined ? allowed : `${allowed}; ${hint}` }
    context.addIssue({ code: 'custom', params })
  })
  .transform((address) => address.replace(/\/+$/, ''))
  .meta({ allowed })

function isServerAddress(text: string): boolean {
  const url = URL.parse(text)
  if (url === null || !/^https?:$/.test(url.protocol)) return false
  return url.username === '' && url.password === '' && url.search === '' && url.hash === ''
}

function hintFor(address: string): string | undefined {
  if (/^(tcp|clickhouse|native):/.test(address))
    return 'ClickHouse is spoken to over HTTP: give the port of `http_port`, usually 8123, or of `https_port`, 8443'
  if (/^https?:\/\/[^/]*@/.test(address))
    return 'user and password have settings of their own, vigie.store.user and vigie.store.password'
  return undefined
}
