import type { RequestError } from '../data/request.ts'
import type { QueryFault } from '../elements/query-box.tsx'
import { say } from '../messages/search.ts'
import { readQueryTerms } from './query-terms.ts'

/** What the page itself sees wrong in a query, else what the server said of it. */
export function findQueryFault(
  query: string,
  error: RequestError | undefined,
  narrowedBy: number,
): QueryFault | undefined {
  const { problem } = readQueryTerms(query)
  if (problem) {
    return { text: say(`search.${problem.kind}`, { key: problem.key }), at: problem.at }
  }
  if (error?.status !== 400) return undefined
  return { text: error.message, at: error.at === undefined ? undefined : error.at - narrowedBy }
}
