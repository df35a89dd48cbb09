import { useDeferredValue, useState, type ReactElement } from 'react'

import { mostCountedValues, type LabelList } from '../../../../src/api/contract/labels.ts'
import { useRequest } from '../../data/request.ts'
import '../../elements/dense-table.css'
import { Dialog } from '../../elements/dialog.tsx'
import { say, sayCount } from '../../messages/labels.ts'
import { countQuantity } from '../../units/quantity.ts'

/** So many are shown; others are found by their names. */
const shownLabels = 100

/** The labels that containers have, the most telling ones first, and a search among them. */
export function LabelDialog(props: {
  readonly onChoose: (label: string) => void
  readonly onClose: () => void
}): ReactElement {
  const { onChoose, onClose } = props
  const [typed, setTyped] = useState('')
  return (
    <Dialog title={say('labels.title')} onClose={onClose}>
      {(close) => (
        <>
          <input
            // The browser reads it when the dialog opens; React would only try to focus what is not shown yet.
            ref={(input) => input?.setAttribute('autofocus', '')}
            type="text"
            role="searchbox"
            className="search-box mt-3 px-3!"
            aria-label={say('labels.search')}
            placeholder={say('labels.search')}
            value={typed}
            maxLength={200}
            autoComplete="off"
            autoCapitalize="off"
            spellCheck={false}
            onChange={(event) => setTyped(event.target.value)}
          />
          <FoundLabels
            text={typed.trim()}
            onChoose={(label) => {
              onChoose(label)
              close()
            }}
          />
        </>
      )}
    </Dialog>
  )
}

function FoundLabels(props: {
  readonly text: string
  readonly onChoose: (label: string) => void
}): ReactElement {
  const search = useDeferredValue(props.text)
  const path = `/api/containers/labels?limit=${shownLabels}&search=${encodeURIComponent(search)}`
  const { data, error } = useRequest<LabelList>(path, { keepsPrevious: true })
  if (error) {
    return (
      <p role="status" data-tone="warning" className="mt-3 text-(--tone)">
        {error.message}
      </p>
    )
  }
  if (data === undefined) return <p className="mt-3 text-soft">{say('app.loading')}</p>
  const { labels, count } = data
  return (
    <>
      <p role="status" className="mt-3 text-soft">
        {labels.length < count
          ? sayCount('labels.shownOf', labels.length, { all: countQuantity(count).number })
          : sayCount('labels.shown', count)}
      </p>
      {labels.length > 0 && (
        <div className="mt-2 h-[50dvh] overflow-y-auto">
          <LabelTable labels={labels} onChoose={props.onChoose} />
        </div>
      )}
    </>
  )
}

function LabelTable(props: {
  readonly labels: LabelList['labels']
  readonly onChoose: (label: string) => void
}): ReactElement {
  return (
    <table className="dense-table">
      <thead className="sticky top-0 bg-panel">
        <tr>
          <th scope="col">{say('labels.name')}</th>
          <th scope="col" data-number>
            {say('labels.containers')}
          </th>
          <th scope="col" data-number>
            {say('labels.values')}
          </th>
        </tr>
      </thead>
      <tbody>
        {props.labels.map(({ name, containers, values }) => (
          <tr key={name}>
            <th scope="row" className="font-normal">
              <button
                type="button"
                className="max-w-full truncate align-bottom text-ink hover:underline"
                title={name}
                onClick={() => props.onChoose(name)}
              >
                {name}
              </button>
            </th>
            <td data-number>{countQuantity(containers).number}</td>
            <td data-number>
              {values < mostCountedValues ? countQuantity(values).number : say('labels.many')}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
