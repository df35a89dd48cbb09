let named = 'Vigie'
let mark = ''

/** Names the window and its tab after what it shows. */
export function titleWindow(what: string): void {
  named = `${what} · Vigie`
  document.title = mark + named
}

/** Shows on the tab, which is all of a page that one may see, that it has lost its server. */
export function markWindow(isLost: boolean): void {
  mark = isLost ? '⚠ ' : ''
  document.title = mark + named
}
