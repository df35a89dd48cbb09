import { fillPath, makeRequest, type HostileRequest, type Target } from './hostile-request.ts'

const upwards = [
  '/../../../../etc/passwd',
  '/assets/../../../../etc/passwd',
  '/assets/../../package.json',
  '/%2e%2e/%2e%2e/%2e%2e/etc/passwd',
  '/assets/%2e%2e%2f%2e%2e%2fpackage.json',
  '/assets/..%2f..%2f..%2f..%2fetc/passwd',
  '/%252e%252e/%252e%252e/etc/passwd',
  '/assets/..%252f..%252fpackage.json',
  String.raw`/assets\..\..\package.json`,
  '/assets/..%5c..%5cpackage.json',
  '/assets/..;/..;/package.json',
  '/....//....//etc/passwd',
  '/%c0%ae%c0%ae/%c0%ae%c0%ae/etc/passwd',
  '/%e0%80%ae%e0%80%ae/etc/passwd',
  '/%uff0e%uff0e/etc/passwd',
  '//etc/passwd',
  '///evil.example/%2e%2e',
  '//evil.example/%2f..',
  '/file:///etc/passwd',
  '/assets/index.html%00.js',
  '/index.html%00',
  '/%00',
  '/assets/%',
  '/%zz',
  '/%ff%fe',
  '/assets/',
  '/assets',
  '/.git/config',
  '/.env',
  '/api_key',
  '/data/api_key',
  '/assets/.%2e/.%2e/api_key',
  '/./././../api_key',
  '/api/../api_key',
  '/api//containers/../../../api_key',
  '/node_modules/fastify/package.json',
  '/index.html/',
  '/index.html/../../package.json',
  '/CON',
  '/proc/self/environ',
]

/** What may stand in the place of an id. */
const ids: Readonly<Record<string, string>> = {
  'a way upwards': '..%2f..%2f..%2f..%2fetc%2fpasswd',
  'a way upwards in code twice': '%252e%252e%252fapi_key',
  'a NUL': '%00',
  'what is no UTF-8': '%c0%ae%ff',
  '5,000 letters': 'a'.repeat(5000),
  __proto__: '__proto__',
}

/** Addresses that lead elsewhere than they seem to, to files and in the place of each id. */
export function pathTricks({ token, intake, people }: Target): HostileRequest[] {
  const authorized = [['Authorization', `Bearer ${token}`] as const]
  return [
    ...upwards.map((path): HostileRequest => ({
      name: `GET ${path}`,
      server: 'open',
      bytes: () => makeRequest({ path }),
      outcomes: [400, 403, 404],
    })),
    ...people
      .filter(({ path }) => path.includes('{'))
      .flatMap(({ method, path }) =>
        Object.entries(ids)
          // Metrics and labels may have any name that there is in UTF-8: one that is not there is an empty list.
          .filter(([name]) => !(anyName.test(path) && harmless.has(name)))
          .map(([name, id]): HostileRequest => ({
            name: `${method} ${path} with ${name}`,
            bytes: () =>
              makeRequest({
                method,
                path: fillPath(path, id),
                headers: [...authorized, ['Content-Type', 'application/json']],
                ...(method === 'POST' && { body: '{}' }),
              }),
          })),
      ),
    ...intake
      .filter((path) => path.includes(':'))
      .flatMap((path) =>
        Object.entries(ids).map(([name, id]): HostileRequest => ({
          name: `POST ${path} with ${name}`,
          bytes: () => makeRequest({ method: 'POST', path: fillPath(path, id), body: '{}' }),
        })),
      ),
  ]
}

const anyName = /\/api\/metrics\/|\/label\//
const harmless = new Set(['a way upwards', 'a way upwards in code twice', 'a NUL', '__proto__'])
