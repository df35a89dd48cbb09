import type { ClickHouseClient } from '@clickhouse/client'

/**
 * Kinds of functions, as the engine sorts its own, that reach beyond the rows they are given, or that can compute for
 * minutes on one value: the engine ends a question between blocks of rows, not within a function.
 */
const refusedCategories = new Set([
  'AI',
  'Dictionary',
  'Embedded Dictionary',
  'Geo',
  'Geo Polygon',
  'Introspection',
  'Machine Learning',
])

/** Functions of other kinds whose work grows with the square of a value's length, or worse. */
const costlyNames = /levenshtein|editdistance|jaro|arraysimilarity|multifuzzymatch|seriesdecompose/

/**
 * Functions of the engine's category "Other" that work on values only. What is not here is refused: that category is
 * where `file` is, which reads any file, and where other such ones would come.
 */
const harmlessOthers = new Set(
  `bar bytesize countdigits currentdatabase defaultvalueofargumenttype defaultvalueoftypename digits
  finalizeaggregation formatreadabledecimalsize formatreadablequantity formatreadablesize formatreadabletimedelta
  getsizeofenumtype getsubcolumn identity ignore indexhint initializeaggregation isconstant isdecimaloverflow
  lowcardinalityindices lowcardinalitykeys macnumtostring macstringtonum macstringtooui materialize neighbor
  parsereadablesize parsereadablesizeornull parsereadablesizeorzero parsetimedelta rownumberinallblocks rownumberinblock
  runningaccumulate runningconcurrency runningdifference runningdifferencestartingwithfirstvalue throwif tocolumntypename
  totypename transform variantelement varianttype version visiblewidth`.split(/\s+/),
)

interface EngineFunction {
  readonly name: string
  readonly alias_to: string
  readonly categories: string
  readonly is_aggregate: number
}

const known = new WeakMap<ClickHouseClient, Promise<ReadonlySet<string>>>()

/** Names, in lower case, of the functions that people may not use: the engine's own list, sorted by what they reach. */
export async function refusedFunctions(client: ClickHouseClient): Promise<ReadonlySet<string>> {
  const found = known.get(client) ?? readRefused(client)
  known.set(client, found)
  try {
    return await found
  } catch (error) {
    known.delete(client)
    throw error
  }
}

async function readRefused(client: ClickHouseClient): Promise<ReadonlySet<string>> {
  const answer = await client.query({
    query: 'SELECT name, alias_to, categories, is_aggregate FROM system.functions',
    format: 'JSONEachRow',
  })
  const functions = await answer.json<EngineFunction>()
  const byName = new Map(functions.map((one) => [one.name, one]))
  const refused = functions.filter((one) => isRefused(byName.get(one.alias_to) ?? one))
  return new Set(refused.map(({ name }) => name.toLowerCase()))
}

function isRefused({ name, categories, is_aggregate: isAggregate }: EngineFunction): boolean {
  if (isAggregate === 1) return false
  if (costlyNames.test(name.toLowerCase())) return true
  if (categories === 'Other') return !harmlessOthers.has(name.toLowerCase())
  return refusedCategories.has(categories)
}
