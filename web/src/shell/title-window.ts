/** Names the window and its tab after what it shows. */
export function titleWindow(what: string): void {
  document.title = `${what} · Vigie`
}
