/** A part of a line: text as it is, or what differs from line to line. */
export type Part =
  | string
  | { readonly digits: number }
  | { readonly hex: number }
  | { readonly isTime: true }

/** A kind of line. */
export interface Template {
  /** Of the lines of its service. */
  readonly share: number
  /** Place in `logLevels`. */
  readonly level: number
  readonly parts: readonly Part[]
}

const time: Part = { isTime: true }
const id: Part = { hex: 16 }
const number = (digits: number): Part => ({ digits })

const shop: readonly Template[] = [
  {
    share: 0.85,
    level: 3,
    // prettier-ignore
    parts: [time, ' INFO  [http-server] GET /api/v1/orders/', number(6), ' completed status=200 duration_ms=', number(3), ' request_id=', id, ' user=u', number(5), ' cache=hit route=orders.show upstream=shop-backend.internal region=eu-west'],
  },
  {
    share: 0.1,
    level: 5,
    // prettier-ignore
    parts: [time, ' WARN  [http-client] slow answer from http://inventory.internal:8080/stock after ', number(4), ' ms, limit is 500 ms, attempt 1 of 3, request_id=', id, ' breaker=closed pool=inventory'],
  },
  {
    share: 0.05,
    level: 6,
    // prettier-ignore
    parts: [time, ' ERROR [http-server] POST /api/v1/orders failed: ValidationError: field "quantity" must be positive (status=422, request_id=', id, ', user=u', number(5), ') at OrderController.create'],
  },
]

const worker: readonly Template[] = [
  {
    share: 0.97,
    level: 3,
    // prettier-ignore
    parts: [time, ' INFO  [worker] job completed queue=default class=SendInvoiceMail attempt=1 waited_ms=', number(4), ' took_ms=', number(3), ' job_id=', id, ' tenant=acme shard=', number(2), ' retries_left=5 next=none'],
  },
  {
    share: 0.03,
    level: 6,
    // prettier-ignore
    parts: [time, ' ERROR [worker] job failed queue=default class=SendInvoiceMail attempt=1 error="smtp: 451 temporary local problem, try again later" job_id=', id, ' tenant=acme shard=', number(2), ' retries_left=4'],
  },
]

const dbProxy: readonly Template[] = [
  {
    share: 0.95,
    level: 2,
    // prettier-ignore
    parts: [time, ' DEBUG [sql] SELECT id, total, currency FROM orders WHERE customer_id = $1 ORDER BY created_at DESC LIMIT 50 rows=', number(2), ' plan=index_scan took_us=', number(5), ' span_id=', id],
  },
  {
    share: 0.05,
    level: 5,
    // prettier-ignore
    parts: [time, ' WARN  [sql] slow query: UPDATE carts SET updated_at = now() WHERE id = $1 rows=1 plan=seq_scan took_us=', number(6), ' span_id=', id, ' lock=RowExclusive waiting=none'],
  },
]

const payments: readonly Template[] = [
  {
    share: 0.9,
    level: 3,
    // prettier-ignore
    parts: [time, ' INFO  [payments] charge completed provider=acme currency=EUR amount_cents=', number(5), ' took_ms=', number(3), ' request_id=', id, ' card=visa three_d_secure=true region=eu-west merchant=default'],
  },
  {
    share: 0.1,
    level: 6,
    // prettier-ignore
    parts: [time, ' ERROR [payments] charge failed: TimeoutError: connection to gateway-', number(2), ' timed out after 3000 ms (order ', number(6), ', request_id=', id, ') at PaymentClient.charge (/app/src/payment-client.js:118:17)'],
  },
]

const search: readonly Template[] = [
  {
    share: 0.7,
    level: 3,
    // prettier-ignore
    parts: [time, ' INFO  [search] query completed index=products shards=5 hits=', number(4), ' took_ms=', number(3), ' trace_id=', id, ' lang=en filters=in_stock,price_range,brand source=suggest variant=control'],
  },
  {
    share: 0.3,
    level: 1,
    // prettier-ignore
    parts: [time, ' TRACE [search] scored candidate product=', number(6), ' score=0.', number(4), ' boost=none freshness=high trace_id=', id, ' stage=rerank model=learned-to-rank features=default kept=true'],
  },
]

/** What the containers of each service print, some 205 bytes a line, every one with an id of its own. */
export const templatesOf: ReadonlyMap<string, readonly Template[]> = new Map([
  ['shop', shop],
  ['worker', worker],
  ['db-proxy', dbProxy],
  ['payments', payments],
  ['search', search],
])
