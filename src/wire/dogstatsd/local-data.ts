/** What a client tells of its own container; a part that is absent or could not be read is `undefined`. */
export interface LocalData {
  readonly containerId?: string | undefined
  /** Number of the cgroup's folder, as text: it may be above 2^53. */
  readonly cgroupInode?: string | undefined
}

const maxInode = 2n ** 64n - 1n

/**
 * Reads what stood behind `c:`: `ci-<container id>` and `in-<inode>`, one of them or both with a comma, or, as older clients
 * write it, `cid-<container id>` or the id alone.
 * @see `ParseLocalData` in `comp/core/tagger/origindetection` of the Datadog Agent
 */
export function parseLocalData(text: string): LocalData {
  const items = text.split(',')
  const [only = ''] = items
  const legacyId = items.length === 1 && !/^(?:ci|in)-/.test(only) ? only.replace(/^cid-/, '') : ''
  return {
    containerId: lastItem(items, 'ci-') ?? (legacyId === '' ? undefined : legacyId),
    cgroupInode: readInode(lastItem(items, 'in-') ?? ''),
  }
}

/** The last item with that prefix, without it; `undefined` where there is none, or nothing behind the prefix. */
export function lastItem(items: readonly string[], prefix: string): string | undefined {
  const item = items.findLast((each) => each.startsWith(prefix))?.slice(prefix.length)
  return item === '' ? undefined : item
}

/** Without leading zeros, so that equal numbers are equal texts; 0 is the number of no folder. */
function readInode(text: string): string | undefined {
  if (!/^\d+$/.test(text)) return undefined
  const inode = BigInt(text)
  return inode > 0n && inode <= maxInode ? String(inode) : undefined
}
