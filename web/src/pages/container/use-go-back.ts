import { useRouter } from '@tanstack/react-router'

import { addressOf } from '../../data/search.ts'

/** Back to where the reader came from, with its filter and order; to the containers when the page was opened directly. */
export function useGoBack(): () => void {
  const { history } = useRouter()
  return () => (history.canGoBack() ? history.back() : history.push(addressOf('/')))
}
