// Parts of a browser that jsdom has not got, as far as the pages need them to be there.
import { cleanup } from '@testing-library/react'
import { afterEach } from 'vitest'

class StillObserver implements ResizeObserver {
  observe(): void {}
  unobserve(): void {}
  disconnect(): void {}
}

/** A media query that does not hold and never will. */
class UnmetQuery extends EventTarget {
  readonly matches = false
  readonly media: string
  readonly onchange = null

  constructor(media: string) {
    super()
    this.media = media
  }

  addListener(): void {}
  removeListener(): void {}
}

globalThis.ResizeObserver = StillObserver
globalThis.matchMedia = (media) => new UnmetQuery(media)
globalThis.scrollTo = () => undefined
Element.prototype.scrollIntoView = () => undefined

HTMLDialogElement.prototype.showModal = function showModal() {
  this.open = true
}
HTMLDialogElement.prototype.close = function close() {
  this.open = false
  this.dispatchEvent(new Event('close'))
}

afterEach(cleanup)
