import type { ContainerDetail } from '../../api/contract/containers.ts'
import type { Settings } from '../../config/settings.ts'
import type { LiveTable } from '../../terminal/live/live-table.ts'
import { createLogPane, type LogPane } from '../../terminal/live/log-pane.ts'
import type { Page } from '../../terminal/view/view.ts'
import { followLog } from './follow-log.ts'
import { fillTrail, readDetail } from './show-container.ts'

/** What the screens of one container need beside the live stream; read only while one of them is shown. */
export interface Companion {
  readonly logs: LogPane
  readonly detail: () => ContainerDetail | string | undefined
  /** Another screen is shown. */
  readonly show: (page: Page) => void
  readonly close: () => void
}

export interface CompanionOptions {
  readonly settings: Settings
  readonly table: LiveTable
  readonly onNews: () => void
}

/** A companion that reads nothing yet. */
export function openCompanion({ settings, table, onNews }: CompanionOptions): Companion {
  const logs = createLogPane()
  let detail: ContainerDetail | string | undefined
  let shown = { kind: '', id: '' }
  let end = new AbortController()

  async function showContainer(containerId: string, closed: AbortSignal): Promise<void> {
    const trail = table.follow(containerId)
    try {
      const answer = await readDetail(settings, containerId)
      if (closed.aborted) return
      detail = answer
      onNews()
      await fillTrail(settings, containerId, { trail, nowMs: table.nowMs() })
    } catch (error) {
      if (closed.aborted || detail !== undefined) return
      detail = error instanceof Error ? error.message : String(error)
    }
    onNews()
  }

  return {
    logs,
    detail: () => detail,
    show(page) {
      const wanted = page.kind === 'help' ? page.back : page
      const id = wanted.kind === 'container' || wanted.kind === 'logs' ? wanted.id : ''
      const kind = id === '' ? '' : wanted.kind
      if (shown.id === id && shown.kind === kind) return
      end.abort()
      end = new AbortController()
      shown = { kind, id }
      if (kind === 'container') {
        detail = undefined
        void showContainer(id, end.signal)
      }
      if (kind !== 'logs') return
      logs.clear()
      void followLog({ settings, containerId: id, pane: logs, signal: end.signal, onNews })
    },
    close: () => end.abort(),
  }
}
