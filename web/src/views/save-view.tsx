import { useRouter } from '@tanstack/react-router'
import { useState, type FormEvent, type ReactElement } from 'react'

import type { SavedViewList } from '../../../src/api/contract/views.ts'
import { fetchJson, postJson } from '../data/request.ts'
import { useDeed } from '../data/use-deed.ts'
import { DeedProblem } from '../elements/deed-problem.tsx'
import { say } from '../messages/views.ts'
import { viewSearch } from './share-addresses.ts'
import { viewsPath } from './views-path.ts'

const longestName = 100

/** Keeps the view that is shown under a name; asks before it takes the place of another. */
export function SaveView({ onSaved }: { readonly onSaved: () => void }): ReactElement {
  const { history } = useRouter()
  const deed = useDeed()
  const [name, setName] = useState('')
  const [replaced, setReplaced] = useState<string>()
  const [saved, setSaved] = useState<string>()
  // As the server keeps it: what is typed on a Mac may hold its accents apart.
  const wanted = name.trim().normalize('NFC')
  const isAsking = replaced !== undefined && replaced === wanted
  function submit(event: FormEvent): void {
    event.preventDefault()
    if (wanted === '') return
    const { pathname: path, search } = history.location
    deed.run(async () => {
      if (!isAsking && (await isTaken(wanted))) {
        setReplaced(wanted)
        return
      }
      await postJson(viewsPath, { name: wanted, path, search: viewSearch(search).slice(1) })
      setSaved(wanted)
      setReplaced(undefined)
      setName('')
      onSaved()
    })
  }
  return (
    <form className="grid gap-2" onSubmit={submit}>
      <h3 className="font-semibold">{say('views.save')}</h3>
      <div className="flex flex-wrap gap-2">
        <div className="field min-w-0 flex-1 basis-48">
          <input
            aria-label={say('views.name')}
            placeholder={say('views.nameHint')}
            maxLength={longestName}
            autoComplete="off"
            value={name}
            onChange={(event) => {
              setName(event.target.value)
              setSaved(undefined)
            }}
          />
        </div>
        <button
          type="submit"
          className="main-action"
          data-tone={isAsking ? 'critical' : undefined}
          disabled={deed.isRunning || wanted === ''}
        >
          {say(isAsking ? 'views.replace' : 'views.doSave')}
        </button>
      </div>
      {isAsking && (
        <p role="status" data-tone="warning" className="text-(--tone)">
          {say('views.exists', { name: wanted })}
        </p>
      )}
      {saved !== undefined && <p role="status">{say('views.saved', { name: saved })}</p>}
      <DeedProblem text={deed.error && say('views.notSaved', { message: deed.error.message })} />
    </form>
  )
}

/** Asked of the server: somebody else may have saved one by now. */
async function isTaken(name: string): Promise<boolean> {
  const { views } = await fetchJson<SavedViewList>(viewsPath)
  return views.some((view) => view.name === name)
}
