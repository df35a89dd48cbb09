/** The person's question as the only thing in a SELECT: neither another statement nor an output clause fits in there. */
export function wrapQuery(query: string): string {
  return `SELECT * FROM (\n${query}\n)`
}
