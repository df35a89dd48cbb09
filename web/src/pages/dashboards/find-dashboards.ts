import type { DashboardSummary } from '../../../../src/api/contract/dashboards.ts'

/** The dashboards whose title, description or id hold all words of the search; those that are shipped come first. */
export function findDashboards(
  dashboards: readonly DashboardSummary[],
  search: string,
): readonly DashboardSummary[] {
  const words = search.toLowerCase().split(/\s+/)
  const found = dashboards.filter(({ id, title, description }) => {
    const text = `${id} ${title} ${description}`.toLowerCase()
    return words.every((word) => text.includes(word))
  })
  return found.toSorted((left, right) => Number(right.isShipped) - Number(left.isShipped))
}
