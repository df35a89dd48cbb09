import { Fragment, type ReactElement, type ReactNode } from 'react'

import { CopyButton } from '../elements/copy-button.tsx'
import { say } from '../messages/search.ts'
import type { ChooseValue } from './facet-list.tsx'

/** A field of what is open. */
export interface Field {
  /** As the search names it. */
  readonly key: string
  readonly label: string
  readonly value: string
  /** Shown instead of the value itself. */
  readonly shown?: ReactNode
}

/** A field with its value, to be searched for, left out or copied. */
export function FieldRow(props: {
  readonly field: Field
  readonly onChoose: ChooseValue
}): ReactElement {
  const { field, onChoose } = props
  const { key, label, value, shown = value } = field
  const words = { value: `${label} ${value}` }
  return (
    <div>
      <dt>{breakable(label)}</dt>
      <dd>
        <span className="min-w-0 break-all">{shown}</span>
        <span className="field-buttons">
          <button
            type="button"
            aria-label={say('search.include', words)}
            title={say('search.include', words)}
            onClick={() => onChoose(key, value, 'included')}
          >
            +
          </button>
          <button
            type="button"
            aria-label={say('search.exclude', words)}
            title={say('search.exclude', words)}
            onClick={() => onChoose(key, value, 'excluded')}
          >
            −
          </button>
          <CopyButton text={value} />
        </span>
      </dd>
    </div>
  )
}

/** A name that is broken at its dots first. */
function breakable(name: string): ReactNode {
  return name.split(/(?<=\.)/).map((part, index) => (
    <Fragment key={index}>
      {part}
      <wbr />
    </Fragment>
  ))
}

/** The fields that tags of `key:value` are; those without a key, or that repeat what is known, say nothing. */
export function tagFields(tags: readonly string[], known: readonly Field[]): readonly Field[] {
  const fields = tags.map((tag): Field => {
    const at = tag.indexOf(':')
    return { key: tag.slice(0, Math.max(0, at)), label: tag.slice(0, at), value: tag.slice(at + 1) }
  })
  return fields.filter(({ key }) => key !== '' && !known.some((field) => field.key === key))
}
