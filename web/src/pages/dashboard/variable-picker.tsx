import { Popover } from 'radix-ui'
import { useState, type ReactElement } from 'react'

import type { Widget } from '../../../../src/api/contract/dashboards.ts'
import { ChevronIcon } from '../../elements/icon.tsx'
import { say } from '../../messages/dashboards.ts'
import { countQuantity } from '../../units/quantity.ts'
import { everything, isEverything, type Choice } from '../../widgets/choices.ts'
import { useVariableValues } from './use-variable-values.ts'

/** More values than this are found by typing. */
const mostShown = 200

/** A template variable: what it stands for, and the values it may stand for. */
export function VariablePicker(props: {
  readonly choice: Choice
  readonly widgets: readonly Widget[]
  readonly onChoose: (values: readonly string[]) => void
}): ReactElement {
  const { choice, widgets, onChoose } = props
  const [isOpen, setOpen] = useState(false)
  const { name } = choice.variable
  return (
    <Popover.Root open={isOpen} onOpenChange={setOpen}>
      <Popover.Trigger className="control" aria-label={`${name}: ${choiceText(choice)}`}>
        <span className="text-faint">{name}</span>
        <span className="max-w-64 truncate text-ink">{choiceText(choice)}</span>
        <ChevronIcon />
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className="picker"
          aria-label={name}
          align="start"
          sideOffset={4}
          collisionPadding={8}
          // Esc closes the list and leaves the page as it is.
          onEscapeKeyDown={(event) => event.stopPropagation()}
        >
          <Values
            choice={choice}
            widgets={widgets}
            onChoose={onChoose}
            onClose={() => setOpen(false)}
          />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  )
}

function Values(props: {
  readonly choice: Choice
  readonly widgets: readonly Widget[]
  readonly onChoose: (values: readonly string[]) => void
  readonly onClose: () => void
}): ReactElement {
  const { choice, widgets, onChoose, onClose } = props
  const [wanted, setWanted] = useState('')
  const { values, isLoading, error } = useVariableValues(choice.variable, widgets, true)
  const chosen = isEverything(choice) ? [] : choice.values
  const typed = wanted.trim()
  const all = [...chosen.filter((value) => !values.includes(value)), ...values]
  const found = all.filter((value) => value.toLowerCase().includes(typed.toLowerCase()))
  // What is chosen can always be seen, and taken away.
  const shown = found.filter((value, index) => index < mostShown || chosen.includes(value))
  function chooseOnly(value: string): void {
    onChoose(value === everything ? [] : [value])
    onClose()
  }
  return (
    <>
      <input
        type="text"
        role="searchbox"
        className="picker-find"
        aria-label={say('variable.find')}
        placeholder={say('variable.find')}
        value={wanted}
        spellCheck={false}
        autoComplete="off"
        onChange={(event) => setWanted(event.target.value)}
        onKeyDown={(event) =>
          event.key === 'Enter' && typed !== '' && chooseOnly(found[0] ?? typed)
        }
      />
      <ul className="picker-values">
        {typed === '' && (
          <Value
            text={say('variable.all')}
            isChosen={chosen.length === 0}
            onToggle={() => chooseOnly(everything)}
            onOnly={() => chooseOnly(everything)}
          />
        )}
        {shown.map((value) => (
          <Value
            key={value}
            text={value}
            isChosen={chosen.includes(value)}
            onToggle={() => onChoose(toggled(chosen, value))}
            onOnly={() => chooseOnly(value)}
          />
        ))}
      </ul>
      {typed !== '' && !values.includes(typed) && (
        <button type="button" className="picker-value" onClick={() => chooseOnly(typed)}>
          {say('variable.use', { value: typed })}
        </button>
      )}
      <p role="status" className="px-2 text-faint">
        {isLoading && say('variable.loading')}
        {error && say('variable.failed', { message: error.message })}
        {!isLoading && !error && all.length === 0 && say('variable.none')}
        {shown.length < found.length &&
          say('variable.more', {
            shown: countQuantity(shown.length).number,
            count: countQuantity(found.length).number,
          })}
      </p>
    </>
  )
}

/** A box to have it among others, and its name to have nothing else. */
function Value(props: {
  readonly text: string
  readonly isChosen: boolean
  readonly onToggle: () => void
  readonly onOnly: () => void
}): ReactElement {
  const { text, isChosen, onToggle, onOnly } = props
  return (
    <li className="flex items-center">
      <input
        type="checkbox"
        className="mx-2 flex-none"
        aria-label={text}
        checked={isChosen}
        onChange={onToggle}
      />
      <button type="button" className="picker-value" title={text} tabIndex={-1} onClick={onOnly}>
        {text}
      </button>
    </li>
  )
}

function toggled(chosen: readonly string[], value: string): readonly string[] {
  return chosen.includes(value) ? chosen.filter((other) => other !== value) : [...chosen, value]
}

function choiceText(choice: Choice): string {
  if (isEverything(choice)) return say('variable.everything')
  const [first = '', ...more] = choice.values
  if (more.length === 0) return first
  return say('variable.count', { value: first, count: countQuantity(more.length).number })
}
