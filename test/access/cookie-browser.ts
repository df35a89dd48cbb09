/** What a browser does of itself: keeps cookies, for each origin its own, and goes where it is led. */
export class CookieBrowser {
  readonly #jars = new Map<string, Map<string, string>>()

  /** The value of a cookie; undefined when there is none. */
  cookie(origin: string, name: string): string | undefined {
    return this.#jars.get(origin)?.get(name)
  }

  /** One request, with the cookies of its origin; is led nowhere. */
  async fetch(address: string | URL, options: RequestInit = {}): Promise<Response> {
    const { origin } = new URL(address)
    const jar = this.#jars.get(origin) ?? new Map<string, string>()
    this.#jars.set(origin, jar)
    const headers = new Headers(options.headers)
    headers.set('cookie', [...jar].map(([name, value]) => `${name}=${value}`).join('; '))
    const answer = await fetch(address, { ...options, headers, redirect: 'manual' })
    for (const cookie of answer.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]*)=([^;]*)/.exec(cookie) ?? []
      if (value === '') jar.delete(name)
      else jar.set(name, value)
    }
    return answer
  }

  /**
   * Goes to a page, wherever it leads.
   * @param isEnd Whether to stop before an address.
   * @returns Where it has ended.
   */
  async visit(address: string, isEnd: (url: URL) => boolean = () => false): Promise<URL> {
    let url = new URL(address)
    for (let step = 0; step < 20; step++) {
      if (isEnd(url)) return url
      const answer = await this.fetch(url, { headers: { accept: 'text/html' } })
      const location = answer.headers.get('location')
      if (answer.status >= 500) throw new Error(`${url.href} answers ${await answer.text()}`)
      await answer.arrayBuffer()
      if (location === null) return url
      url = new URL(location, url)
    }
    throw new Error(`It leads on and on from ${address}`)
  }
}
