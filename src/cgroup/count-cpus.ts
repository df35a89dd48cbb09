/**
 * Number of CPUs in a list such as `0-3,7`.
 * @returns `undefined` for an empty list.
 * @see cpuset(7), "List format"
 */
export function countCpus(list: string): number | undefined {
  if (list.trim() === '') return undefined
  let count = 0
  for (const range of list.trim().split(',')) {
    const [first = '', last = first] = range.split('-')
    count += Number(last) - Number(first) + 1
  }
  return Number.isNaN(count) || count <= 0 ? undefined : count
}
