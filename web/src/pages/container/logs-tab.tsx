import type { ReactElement } from 'react'

import type { ContainerRow } from '../../../../src/api/contract/containers.ts'
import { Ledger } from '../../logs/ledger.tsx'
import { LogView } from '../../logs/log-view.tsx'

/** The logs of one container, and whether any are missing. */
export function LogsTab(props: {
  readonly container: ContainerRow
  readonly onBack: () => void
}): ReactElement {
  const { container, onBack } = props
  return (
    <>
      <Ledger containerId={container.id} />
      <LogView scope={`container_id:${container.id}`} isOfOne onBack={onBack} />
    </>
  )
}
