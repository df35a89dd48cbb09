import { useRef, type KeyboardEvent, type ReactElement } from 'react'

const steps: Readonly<Record<string, 1 | -1>> = {
  ArrowRight: 1,
  ArrowDown: 1,
  ArrowLeft: -1,
  ArrowUp: -1,
}

/** One of a few, side by side; it is one stop of the tabulator, and arrow keys move the focus between them. */
export function Choice<Value extends string>(props: {
  readonly label: string
  readonly value: Value | undefined
  readonly options: readonly { readonly value: Value; readonly text: string }[]
  readonly onChoose: (value: Value) => void
}): ReactElement {
  const { label, value, options, onChoose } = props
  const group = useRef<HTMLDivElement>(null)
  const isAnyChosen = options.some((option) => option.value === value)
  function press(event: KeyboardEvent): void {
    const step = steps[event.key]
    const buttons = [...(group.current?.querySelectorAll('button') ?? [])]
    const index = buttons.findIndex((button) => button === document.activeElement)
    if (step === undefined || index < 0) return
    event.preventDefault()
    buttons[(index + step + buttons.length) % buttons.length]?.focus()
  }
  return (
    <div ref={group} role="radiogroup" aria-label={label} className="choice" onKeyDown={press}>
      {options.map((option, index) => {
        const isChosen = option.value === value
        const isStop = isChosen || (!isAnyChosen && index === 0)
        return (
          <button
            key={option.value}
            type="button"
            role="radio"
            aria-checked={isChosen}
            data-state={isChosen ? 'on' : 'off'}
            tabIndex={isStop ? 0 : -1}
            onClick={() => isChosen || onChoose(option.value)}
          >
            {option.text}
          </button>
        )
      })}
    </div>
  )
}
