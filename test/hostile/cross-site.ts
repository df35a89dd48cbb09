import {
  fillPath,
  makeRequest,
  type Header,
  type HostileRequest,
  type Target,
} from './hostile-request.ts'

/** How a browser marks what a page of another site sends. */
const marks: Readonly<Record<string, readonly Header[]>> = {
  'a foreign Origin': [['Origin', 'https://evil.example']],
  'Origin null': [['Origin', 'null']],
  'Sec-Fetch-Site cross-site': [['Sec-Fetch-Site', 'cross-site']],
  'Sec-Fetch-Site same-site': [['Sec-Fetch-Site', 'same-site']],
  'an Origin that begins like ours': [['Origin', 'http://localhost.evil.example']],
  'our Origin with another port': [['Origin', 'http://localhost:1']],
  'a foreign Origin and X-Forwarded-Host for it': [['Origin', 'https://evil.example'], ['X-Forwarded-Host', 'evil.example']],
} // prettier-ignore

const forms = [
  'text/plain',
  'application/x-www-form-urlencoded',
  'multipart/form-data; boundary=x',
  'text/plain; application/json',
]

/** Names by which a page of another site could reach a server on this machine. */
const foreignHosts = ['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example', '0.0.0.0', '169.254.169.254', '[::ffff:10.0.0.1]'] // prettier-ignore

/** What a page of another site may have its reader's browser send; above all to a server where nobody has to sign in. */
export function crossSitePosts({ people }: Target): HostileRequest[] {
  const posts = people.filter(({ method }) => method === 'POST')
  const marked = Object.entries(marks)
  return [
    ...posts.flatMap(({ path }, at) =>
      // The first route gets every mark, the others two each.
      (at === 0 ? marked : [marked[0], marked[1 + (at % (marked.length - 1))]]).flatMap((mark) =>
        mark === undefined ? [] : [post(path, mark[0], mark[1])],
      ),
    ),
    ...posts
      .filter(({ hasBody, path }) => hasBody && !path.startsWith('/prometheus'))
      .map(({ path }, at) => ({
        ...post(path, `a body of ${forms[at % forms.length]}`, [
          ['Content-Type', forms[at % forms.length] ?? ''],
        ]),
        outcomes: [415, 400],
      })),
    ...people
      .filter(({ isForAnyone, method }) => !isForAnyone && method === 'GET')
      .map(({ path }, at): HostileRequest => {
        const host = foreignHosts[at % foreignHosts.length] ?? ''
        return {
          name: `GET ${path} for the host ${host}`,
          server: 'open',
          bytes: () => makeRequest({ path: fillPath(path, '0123456789ab'), host }),
          outcomes: [403],
        }
      }),
  ]
}

function post(path: string, name: string, headers: readonly Header[]): HostileRequest {
  return {
    name: `POST ${path} from a page with ${name}`,
    server: 'open',
    bytes: () =>
      makeRequest({
        method: 'POST',
        path: fillPath(path, 'x'),
        headers: [
          ...(headers.some(([header]) => header === 'Content-Type')
            ? []
            : [['Content-Type', 'application/json'] as const]),
          ...headers,
        ],
        body: '{"query":"SELECT 1"}',
      }),
    outcomes: [403],
  }
}
