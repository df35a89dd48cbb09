/** The pages whose address may say a time range. */
const rangedPages = /^\/(containers\/.+|logs|metrics|events|dashboards\/.+)$/

/** Whether the page at a path shows a time range that can be chosen. */
export function hasRange(path: string): boolean {
  return rangedPages.test(path)
}
