import { lastItem } from './local-data.ts'

/** What Kubernetes' admission controller told a client of its container. */
export interface ExternalData {
  /** Whether it is one of the pod's init containers. */
  readonly isInit: boolean
  readonly containerName?: string | undefined
  readonly podUid?: string | undefined
}

const yes: readonly (string | undefined)[] = ['1', 't', 'T', 'TRUE', 'true', 'True']

/**
 * Reads what stood behind `e:`: `it-<bool>`, `cn-<container name>` and `pu-<pod uid>` with commas, in any order; others are
 * passed over. What cannot be read of `it-` means false.
 * @see `ParseExternalData` in `comp/core/tagger/origindetection` of the Datadog Agent
 */
export function parseExternalData(text: string): ExternalData {
  const items = text.split(',')
  return {
    isInit: yes.includes(lastItem(items, 'it-')),
    containerName: lastItem(items, 'cn-'),
    podUid: lastItem(items, 'pu-'),
  }
}
