import { useEffect, useRef, useState } from 'react'

/** What is being typed. The address follows it, and leads it when the reader goes back. */
export function useDraft(
  text: string,
  onChange: (text: string) => void,
): [string, (draft: string) => void] {
  const [draft, setDraft] = useState(text)
  const sent = useRef(text)
  useEffect(() => {
    if (text === sent.current) return
    sent.current = text
    setDraft(text)
  }, [text])
  return [
    draft,
    (next) => {
      setDraft(next)
      sent.current = next
      onChange(next)
    },
  ]
}
