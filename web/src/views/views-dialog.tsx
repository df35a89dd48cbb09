import { useRouter } from '@tanstack/react-router'
import { useState, type ReactElement } from 'react'

import type { SavedViewList } from '../../../src/api/contract/views.ts'
import { useLive } from '../data/live.ts'
import { useMe } from '../data/me.ts'
import { useRequest } from '../data/request.ts'
import { Command } from '../elements/command.tsx'
import { Dialog } from '../elements/dialog.tsx'
import { say } from '../messages/views.ts'
import { SaveView } from './save-view.tsx'
import { shareAddresses } from './share-addresses.ts'
import { ViewList } from './view-list.tsx'
import { viewsPath } from './views-path.ts'

/** What is shown now as an address to hand on, or kept on the server under a name; and the views that are kept there. */
export function ViewsDialog({ onClose }: { readonly onClose: () => void }): ReactElement {
  const { data, error, refetch } = useRequest<SavedViewList>(viewsPath)
  const me = useMe()
  // Who need not sign in, since only this machine can ask, may do all.
  const mayChange = me?.person != null && me.person.role !== 'viewer'
  const views = data?.views ?? []
  const onChanged = (): void => void refetch()
  return (
    <Dialog title={say('views.title')} onClose={onClose}>
      {(close) => (
        <div className="mt-3 grid grid-cols-[minmax(0,1fr)] gap-5">
          <Addresses />
          {mayChange ? (
            <SaveView onSaved={onChanged} />
          ) : (
            me && <p className="text-soft">{say('views.onlyEditors')}</p>
          )}
          {error ? (
            <p role="alert">{say('views.failed', { message: error.message })}</p>
          ) : (
            <ViewList
              {...{ views, mayChange, onChanged }}
              isRead={data !== undefined}
              onOpen={close}
            />
          )}
        </div>
      )}
    </Dialog>
  )
}

function Addresses(): ReactElement {
  const { history } = useRouter()
  const { store } = useLive()
  const [shared] = useState(() => {
    const { pathname, search } = history.location
    return shareAddresses({ origin: location.origin, pathname, search }, store.nowMs())
  })
  return (
    <section aria-label={say('views.address')} className="grid grid-cols-[minmax(0,1fr)] gap-2">
      <h3 className="font-semibold">{say('views.address')}</h3>
      <Command text={shared.address} label={say('views.copy')} />
      {shared.frozen !== undefined && (
        <>
          <p className="text-soft">{say('views.frozen')}</p>
          <Command text={shared.frozen} label={say('views.copyFrozen')} />
        </>
      )}
    </section>
  )
}
