import { makeRequest, type HostileRequest, type Target } from './hostile-request.ts'

/** Questions that are to cost more than a server has, or reach what is not given. */
export function exhaustingQuestions({ token }: Target): HostileRequest[] {
  const headers = [['Authorization', `Bearer ${token}`] as const]
  const get = (path: string, search: Readonly<Record<string, string | number>>): HostileRequest => {
    const parameters = new URLSearchParams()
    for (const [name, value] of Object.entries(search)) parameters.set(name, String(value))
    const text = Object.values(search).join(' ')
    return {
      name: `GET ${path} with ${Object.keys(search).join(', ')} ${text.slice(0, 60)} (${text.length})`,
      bytes: () => makeRequest({ path: `${path}?${parameters.toString()}`, headers }),
    }
  }
  const post = (path: string, name: string, body: unknown): HostileRequest => ({
    name: `POST ${path}: ${name}`,
    bytes: () =>
      makeRequest({
        method: 'POST',
        path,
        headers: [...headers, ['Content-Type', 'application/json']],
        body: JSON.stringify(body),
      }),
  })
  const form = (
    path: string,
    name: string,
    search: Readonly<Record<string, string>>,
  ): HostileRequest => ({
    name: `POST ${path}: ${name}`,
    bytes: () =>
      makeRequest({
        method: 'POST',
        path,
        headers: [...headers, ['Content-Type', 'application/x-www-form-urlencoded']],
        body: new URLSearchParams(search).toString(),
      }),
  })
  const prometheus = '/prometheus/api/v1'
  const range = { start: '0', end: '4000000000', step: '0.001' }
  return [
    ...sql.map((query) => post('/api/sql', query.slice(0, 100), { query })),
    post('/api/sql', '20,000 brackets', { query: `SELECT ${'('.repeat(20_000)}1${')'.repeat(20_000)}` }),
    post('/api/sql', '10,000 questions in a question', { query: `${'SELECT * FROM ('.repeat(6000)}SELECT 1${')'.repeat(6000)}` }),
    ...['/query', '/query_range'].flatMap((path) => [
      form(prometheus + path, '300,000 brackets', { query: `${'('.repeat(300_000)}1${')'.repeat(300_000)}`, ...range }),
      form(prometheus + path, '300,000 signs', { query: `${'-'.repeat(300_000)}1`, ...range }),
      form(prometheus + path, 'a sum without an end', { query: '1+'.repeat(300_000), ...range }),
      form(prometheus + path, 'a regular expression that tries all ways', { query: '{a=~"(a+)+(b|[^a]*)*(?=c)"}', ...range }),
      form(prometheus + path, 'a regular expression of 10^9 states', { query: '{a=~"((a{1000}){1000}){1000}"}', ...range }),
    ]),
    form(`${prometheus}/query_range`, '4 billion points', { query: '1', ...range, step: '1' }),
    form(`${prometheus}/query_range`, 'a step of 0', { query: '1', start: '0', end: '1', step: '0' }),
    form(`${prometheus}/query_range`, 'an end before the start', { query: '1', start: '2', end: '1', step: '1' }),
    form(`${prometheus}/query_range`, 'a time that is none', { query: '1', start: 'NaN', end: 'Infinity', step: '1' }),
    form(`${prometheus}/query`, 'nothing', { query: '' }),
    form(`${prometheus}/query`, 'inner steps of 1 ms over a year', { query: 'max_over_time(up[52w:1ms])', time: '4000000000' }),
    form(`${prometheus}/series`, 'no selector', { 'match[]': '1+1' }),
    form(`${prometheus}/series`, 'series without a limit', { 'match[]': '{__name__=~".*"}', limit: '-1' }),
    ...metricQueries.map((query) => get('/api/v1/query', { from: 0, to: 60, query })),
    get('/api/v1/query', { from: 'x', to: 'y', query: 'avg:a{*}' }),
    get('/api/v1/query', { from: 2, to: 1, query: 'avg:a{*}' }),
    get('/api/v1/query', { from: '1e308', to: '-1e308', query: 'avg:a{*}' }),
    post('/api/v2/query/timeseries', 'formulas in formulas', timeseries(`${'abs('.repeat(50_000)}a${')'.repeat(50_000)}`)),
    post('/api/v2/query/timeseries', 'a sum of 100,000', timeseries('a+'.repeat(100_000))),
    post('/api/v2/query/timeseries', '21 queries', { data: { type: 'timeseries_request', attributes: { from: 0, to: 1, queries: Array.from({ length: 21 }, () => ({ data_source: 'metrics', query: 'avg:a{*}' })) } } }),
    post('/api/containers/labels', '2,001 containers', { labels: ['a'], containers: Array.from({ length: 2001 }, () => '0'.repeat(64)) }),
    post('/api/v2/query/scalar', 'another source', { data: { type: 'scalar_request', attributes: { from: 0, to: 1, queries: [{ data_source: 'logs', query: 'a' }] } } }),
    ...logQueries.flatMap((query) => [
      get('/api/logs', { query }),
      get('/api/logs/histogram', { query }),
      // A pattern that is too large is met when there is something to look through.
      ...(query === largePattern
        ? []
        : [get('/api/logs/tail', { query }), get('/api/events', { from: 0, to: 1, query })]),
    ]),
    ...['0', '-1', '1e9', 'NaN', '1001', '9'.repeat(400)].map((limit) => get('/api/logs', { limit })),
    ...['', '0s', '99999999999d', '1y', '-1h'].map((since) => get('/api/logs', { since })),
    get('/api/logs', { from: 2, to: 1 }),
    get('/api/logs', { cursor: '../../etc/passwd' }),
    get('/api/logs', { cursor: 'A'.repeat(201) }),
    get('/api/logs', { evil: 1 }),
    get('/api/logs/histogram', { steps: 1_000_000_000 }),
    get('/api/logs/context', { id: 'x', before: 1_000_000 }),
    get('/api/logs/ledger', { container: "' OR 1=1 --" }),
    get('/api/logs/tail', { after: "0' OR 1=1" }),
    get('/api/logs/tail', { after: '9'.repeat(100) }),
    get('/api/events', { from: 'a', to: 'b' }),
    get('/api/runs', { limit: 1_000_000 }),
    get('/api/runs', { sort: 'finished; DROP TABLE points' }),
    get('/api/runs', { container: "'" }),
    get('/api/containers', { state: "all' OR 1=1" }),
    get('/api/metrics', { limit: -1 }),
    get('/api/metrics', { q: 'a'.repeat(501) }),
    get('/api/v1/metrics', { from: 'x' }),
    get('/api/v1/search', { q: 'a'.repeat(501) }),
    get('/api/v1/events', { start: 0 }),
    get('/api/access/audit', { limit: 1_000_000 }),
  ] // prettier-ignore
}

function timeseries(formula: string): unknown {
  return {
    data: {
      type: 'timeseries_request',
      attributes: {
        from: 0,
        to: 60_000,
        formulas: [{ formula }],
        queries: [{ data_source: 'metrics', name: 'a', query: 'avg:a{*}' }],
      },
    },
  }
}

const sql: readonly string[] = [
  'DROP TABLE points',
  "INSERT INTO metrics VALUES ('a')",
  'ALTER TABLE points DELETE WHERE 1',
  'CREATE TABLE evil (a Int8) ENGINE = Memory',
  'SYSTEM SHUTDOWN',
  'SYSTEM RELOAD CONFIG',
  'KILL QUERY WHERE 1',
  'SET max_memory_usage = 0',
  'SELECT 1; DROP TABLE points',
  'SELECT 1 SETTINGS max_memory_usage = 0, readonly = 0',
  "SELECT 1 INTO OUTFILE '/tmp/evil'",
  'SELECT 1 FORMAT Native',
  "SELECT * FROM file('/etc/passwd', 'LineAsString')",
  "SELECT * FROM url('http://169.254.169.254/latest/meta-data', 'LineAsString')",
  "SELECT * FROM remote('evil.example', 'system', 'tables')",
  "SELECT * FROM s3('http://evil.example/a', 'CSV')",
  "SELECT * FROM executable('sh', 'TSV', 'a String', (SELECT 1))",
  "SELECT * FROM mysql('evil.example:3306', 'a', 'b', 'c', 'd')",
  'SELECT * FROM system.tables',
  'SELECT * FROM system.processes',
  "SELECT hostName(), getServerPort('tcp_port')",
  "SELECT getSetting('max_memory_usage')",
  "SELECT * FROM clusterAllReplicas('default', system.one)",
  'SELECT * FROM numbers(1000000000000)',
  'SELECT sleepEachRow(3) FROM metrics',
  "SELECT dictGet('a', 'b', 1)",
  'EXPLAIN AST SELECT 1',
  'DESCRIBE TABLE points',
  'SHOW TABLES',
  'nonsense',
  '/*',
  'SELECT \u0000',
]

const metricQueries: readonly string[] = [
  '('.repeat(5000),
  `${'abs('.repeat(1500)}avg:a{*}${')'.repeat(1500)}`,
  'avg:a{*}+'.repeat(1000),
  'avg:a{',
  'avg:a{*} by {',
  'evil:a{*}',
  "avg:a{host:' OR 1=1}.rollup(evil)",
  'avg:a{*}.rollup(avg, -1)',
  'avg:a{*}.rollup(avg, 1e99)',
  'a{(((((a:b OR}',
  'top(avg:a{*}, 1e9, "evil", "evil")',
  '-'.repeat(9000),
]

const largePattern = '/((a{1000}){1000}){1000}/'

const logQueries: readonly string[] = [
  '('.repeat(5000),
  `${'('.repeat(5000)}a${')'.repeat(5000)}`,
  '/(a+)+(?=b)/',
  largePattern,
  '/(/',
  '"',
  'NOT '.repeat(3000),
  '@a:[1 TO',
]
