import type { ReactElement } from 'react'

import { CrossIcon } from '../../elements/icon.tsx'
import { say } from '../../messages/metrics.ts'
import {
  applyFunction,
  functionChoices,
  functionGroups,
  functionText,
  type FunctionGroup,
} from './function-list.ts'
import type { PickedQuery } from './query-model.ts'

const groups = Object.keys(functionGroups).filter(isGroup)

/** What is made of a query, in the order in which it is done, and what else may be. */
export function FunctionPicker(props: {
  readonly label: string
  readonly query: PickedQuery
  readonly onChange: (change: Partial<PickedQuery>) => void
}): ReactElement {
  const { label, query, onChange } = props
  const applied = (['methods', 'functions'] as const).flatMap((place) =>
    query[place].map((one, index) => ({ place, index, text: functionText(one) })),
  )
  return (
    <>
      {applied.map(({ place, index, text }) => (
        <button
          key={`${place} ${index}`}
          type="button"
          className="query-chip"
          title={say('metrics.removeFunction', { name: text })}
          aria-label={say('metrics.removeFunction', { name: text })}
          onClick={() => onChange({ [place]: query[place].filter((_one, at) => at !== index) })}
        >
          {text}
          <CrossIcon />
        </button>
      ))}
      <select
        className="query-input w-28 text-soft"
        aria-label={label}
        value=""
        onChange={(event) => {
          const choice = functionChoices.find((one) => functionText(one) === event.target.value)
          if (choice) onChange(applyFunction(query, choice))
        }}
      >
        <option value="">{say('metrics.function')}</option>
        {groups.map((group) => (
          <optgroup key={group} label={say(`metrics.functions.${group}`)}>
            {functionGroups[group].map((choice) => (
              <option key={functionText(choice)}>{functionText(choice)}</option>
            ))}
          </optgroup>
        ))}
      </select>
    </>
  )
}

function isGroup(name: string): name is FunctionGroup {
  return name in functionGroups
}
