/** What can begin an expression. */
const operand = 'a query such as avg:metric{*}, a function, a number or ( is expected'
const operator = 'one of + - * /, a comma or the end is expected'
const aggregator = 'avg:, min:, max:, sum:, count: or a percentile from p0: to p100: is expected'
const brace = '{ is expected, as in avg:metric{*}'
const tag = 'a tag such as key:value, or *, is expected'
const afterTag = 'a comma, AND, OR or } is expected'
const numbers = 'a query such as avg:metric{*} is expected beside numbers'
const modifiers = 'one of rollup(), fill(), as_count(), as_rate(), weighted() is expected'
const seconds = 'a whole number of seconds from 1 to 31536000 is expected'
const methods = 'one of avg, min, max, sum, count, last is expected'
const fills = 'one of null, zero, last, linear is expected'
const ranks = 'one of mean, max, min, sum, last, area, l2norm is expected'
const top = `as in top(query, 10, 'mean', 'desc')`
const again = 'what was aggregated cannot be aggregated again'

/**
 * What each query has to be refused with: where, in characters from 0, and the end of its sentence. Before it stands
 * `Cannot read the query at character …, ` where something is wrong, `Cannot read the query ` where something is missing
 * at its end.
 */
export const badQueries: readonly (readonly [query: string, at: number, reason: string])[] = [
  // Where an expression begins
  ['', 0, `at its end: ${operand}`],
  ['   ', 3, `at its end: ${operand}`],
  [',', 0, `before ,: ${operand}`],
  [')', 0, `before ): ${operand}`],
  ['{*}', 0, `before {*}: ${operand}`],
  [':load{*}', 0, `before :load{*}: ${operand}`],
  ['.rollup(60)', 0, `before .rollup(60): ${operand}`],
  ['*', 0, `before *: ${operand}`],
  ['/ 2', 0, `before / 2: ${operand}`],
  ['+load{*}', 0, `before +load{*}: ${operand}`],
  ['$query', 0, `before $query: ${operand}`],
  ['"load{*}"', 0, `before "load{*}": ${operand}`],
  ['é{*}', 0, `before é{*}: ${operand}`],
  ['-', 1, `at its end: ${operand}`],
  ['- ,', 2, `before ,: ${operand}`],

  // Numbers
  ['5', 0, `before 5: ${numbers}`],
  ['-5', 0, `before -5: ${numbers}`],
  ['1 + 2 * 3', 0, `before 1 + 2 * 3: ${numbers}`],
  ['(1 + 2)', 0, `before (1 + 2): ${numbers}`],
  ['load{*}, 7', 9, `before 7: ${numbers}`],
  ['abs(5)', 4, `before 5): ${numbers}`],
  ['load{*} + abs(-1)', 14, `before -1): ${numbers}`],
  ['1e999 * load{*}', 0, 'before 1e999 * load{*}: a smaller number is expected'],
  ['5m * load{*}', 0, `before 5m * load{*}: ${numbers}`],
  ['load{*} * 5m', 11, `before m: ${operator}`],
  ['load{*} * 1.2.3', 13, `before .3: ${operator}`],

  // Names
  ['load', 4, `at its end: ${brace}`],
  ['avg', 3, `at its end: ${brace}`],
  ['avg:', 4, 'at its end: the name of a metric is expected'],
  ['avg:{*}', 4, 'before {*}: the name of a metric is expected'],
  ['avg:5{*}', 4, 'before 5{*}: the name of a metric is expected'],
  ['avg:"load"{*}', 4, 'before "load"{*}: the name of a metric is expected'],
  ['avg:load', 8, `at its end: ${brace}`],
  ['avg:load by {host}', 9, `before by {host}: ${brace}`],
  ['avg:load.rollup(60)', 15, `before (60): ${brace}`],
  ['avg:cpu-load{*}', 7, `before -load{*}: ${brace}`],
  ['avg:sum:load{*}', 7, `before :load{*}: ${brace}`],
  ['load[host]', 4, `before [host]: ${brace}`],
  ['mean:load{*}', 0, `before mean:load{*}: ${aggregator}`],
  ['AVG:load{*}', 0, `before AVG:load{*}: ${aggregator}`],
  ['last:load{*}', 0, `before last:load{*}: ${aggregator}`],
  ['p:latency{*}', 0, `before p:latency{*}: ${aggregator}`],
  ['p101:latency{*}', 0, `before p101:latency{*}: ${aggregator}`],
  ['p100.1:latency{*}', 0, `before p100.1:latency{*}: ${aggregator}`],
  ['p1000:latency{*}', 0, `before p1000:latency{*}: ${aggregator}`],
  ['avg.5:load{*}', 0, `before avg.5:load{*}: ${aggregator}`],
  ['load{*} / pct:load{*}', 10, `before pct:load{*}: ${aggregator}`],

  // Scopes
  ['load{', 5, `at its end: ${tag}`],
  ['load{,}', 5, `before ,}: ${tag}`],
  ['load{name:a,}', 12, `before }: ${tag}`],
  ['load{name:a,,name:b}', 12, `before ,name:b}: ${tag}`],
  ['load{:a}', 5, `before :a}: ${tag}`],
  ['load{name:}', 10, 'before }: the value of a tag is expected'],
  ['load{name:,x:1}', 10, 'before ,x:1}: the value of a tag is expected'],
  ['load{name:', 10, 'at its end: the value of a tag is expected'],
  ['load{name:a', 11, `at its end: ${afterTag}`],
  ['load{name:a by {host}', 12, `before by {host}: ${afterTag}`],
  ['load{name:a name:b}', 12, `before name:b}: ${afterTag}`],
  ['load{name:a)}', 11, `before )}: ${afterTag}`],
  ['load{web*}', 8, `before *}: ${afterTag}`],
  ['load{name=a b}', 12, `before b}: ${afterTag}`],
  ['load{name:a OR}', 14, `before }: ${tag}`],
  ['load{name:a AND AND name:b}', 20, `before name:b}: ${afterTag}`],
  ['load{NOT}', 8, `before }: ${tag}`],
  ['load{!}', 6, `before }: ${tag}`],
  ['load{()}', 6, `before )}: ${tag}`],
  ['load{(name:a}', 12, 'before }: a comma, AND, OR or ) is expected'],
  ['load{(name:a', 12, 'at its end: a comma, AND, OR or ) is expected'],
  ['load{name IN}', 12, 'before }: ( is expected, as in name IN (a, b)'],
  ['load{name IN a}', 13, 'before a}: ( is expected, as in name IN (a, b)'],
  ['load{name IN ()}', 14, 'before )}: the value of a tag is expected'],
  ['load{name IN (a,)}', 16, 'before )}: the value of a tag is expected'],
  ['load{name IN (a b)}', 16, 'before b)}: a comma or ) is expected'],
  ['load{name IN (a}', 15, 'before }: a comma or ) is expected'],
  ['load{name IN (!a, name:b)', 25, `at its end: ${afterTag}`],
  ['load{name NOT a}', 14, 'before a}: IN is expected, as in name NOT IN (a, b)'],
  ['load{name NOT}', 13, 'before }: IN is expected, as in name NOT IN (a, b)'],
  ['load{$env}', 5, 'before $env}: only dashboards know template variables'],
  ['load{name:a,!$env}', 13, 'before $env}: only dashboards know template variables'],
  ['load{name:$name.value}', 10, 'before $name.value}: only dashboards know template variables'],
  ['load{name IN ($name)}', 14, 'before $name)}: only dashboards know template variables'],
  ['load{$5}', 5, `before $5}: ${tag}`],
  ['load{**}', 6, `before *}: ${afterTag}`],
  ['load{*}}', 7, `before }: ${operator}`],

  // Groups
  ['load{*} by', 10, 'at its end: { is expected, as in by {host}'],
  ['load{*} by host', 11, 'before host: { is expected, as in by {host}'],
  ['load{*} by {}', 12, 'before }: the key of a tag is expected'],
  ['load{*} by {host', 16, 'at its end: a comma or } is expected'],
  ['load{*} by {host,}', 17, 'before }: the key of a tag is expected'],
  ['load{*} by {host name}', 17, 'before name}: a comma or } is expected'],
  ['load{*} by {host:h1}', 16, 'before :h1}: a comma or } is expected'],
  ['load{*} by {*}', 12, 'before *}: the key of a tag is expected'],
  ['load{*} by {$key}', 12, 'before $key}: the key of a tag is expected'],
  ['load{*} by {host} by {name}', 18, `before by {name}: ${operator}`],
  ['load{*} {host}', 8, `before {host}: ${operator}`],
  ['load{*} group by {host}', 8, `before group by {host}: ${operator}`],

  // What follows a query
  ['load{*}.', 8, `at its end: ${modifiers}`],
  ['load{*}.abs()', 8, `before abs(): ${modifiers}`],
  ['sum:load{*}.weighted(60)', 21, 'before 60): ) is expected'],
  ['sum:load{*}.weighted().weighted()', 23, 'before weighted(): .weighted was given before'],
  ['load{*}.rollup', 14, 'at its end: ( is expected'],
  ['load{*}.rollup()', 15, `before ): ${methods}`],
  ['load{*}.rollup(mean, 60)', 15, `before mean, 60): ${methods}`],
  ['load{*}.rollup(60, avg)', 17, 'before , avg): ) is expected'],
  ['load{*}.rollup(avg 60)', 19, 'before 60): ) is expected'],
  ['load{*}.rollup(avg,)', 19, 'before ): a number of seconds is expected'],
  ['load{*}.rollup(avg, -60)', 20, 'before -60): a number of seconds is expected'],
  ['load{*}.rollup(avg, 0)', 20, `before 0): ${seconds}`],
  ['load{*}.rollup(0.5)', 15, `before 0.5): ${seconds}`],
  ['load{*}.rollup(31536001)', 15, `before 31536001): ${seconds}`],
  ['load{*}.rollup(avg, 60', 22, 'at its end: ) is expected'],
  ['load{*}.rollup(60).rollup(20)', 19, 'before rollup(20): .rollup was given before'],
  ['load{*}.as_count().as_rate()', 19, 'before as_rate(): .as was given before'],
  ['load{*}.as_count(1)', 17, 'before 1): ) is expected'],
  ['load{*}.fill()', 13, `before ): ${fills}`],
  ['load{*}.fill(0.5)', 13, `before 0.5): ${seconds}`],
  ['load{*}.fill(60, last)', 15, 'before , last): ) is expected'],
  ['load{*}.fill(mean)', 13, `before mean): ${fills}`],
  ['load{*}.fill(last, x)', 19, 'before x): a number of seconds is expected'],
  ['load{*}.fill(last, 1.5)', 19, `before 1.5): ${seconds}`],
  ['load{*}.fill(last).fill(zero)', 19, 'before fill(zero): .fill was given before'],
  ['load{*}.rollup(60) by {host}', 19, `before by {host}: ${operator}`],

  // Operators
  ['load{*} +', 9, `at its end: ${operand}`],
  ['load{*} + * total{*}', 10, `before * total{*}: ${operand}`],
  ['load{*} total{*}', 8, `before total{*}: ${operator}`],
  ['load{*} % 2', 8, `before % 2: ${operator}`],
  ['load{*} ^ 2', 8, `before ^ 2: ${operator}`],
  ['load{*} > 5', 8, `before > 5: ${operator}`],
  ['(load{*}', 8, 'at its end: one of + - * / or ) is expected'],
  ['(load{*}, total{*})', 8, 'before , total{*}): one of + - * / or ) is expected'],
  ['load{*})', 7, `before ): ${operator}`],
  ['()', 1, `before ): ${operand}`],
  ['(load{*}).rollup(60)', 9, `before .rollup(60): ${operator}`],
  ['load{*},', 8, `at its end: ${operand}`],
  ['load{*},,load{*}', 8, `before ,load{*}: ${operand}`],
  [
    'disk{*} by {host} / disk{*} by {device}',
    18,
    'before / disk{*} by {device: {host} and {device} cannot be matched, one side has to be grouped by all keys of the other',
  ],
  [
    '1 + disk{*} by {a,b} * (2 - disk{*} by {b,c})',
    21,
    'before * (2 - disk{*} by {b: {a,b} and {b,c} cannot be matched, one side has to be grouped by all keys of the other',
  ],
  [
    'load{*} by {a} + load{*} + abs(load{*} by {b})',
    25,
    'before + abs(load{*} by {b}: {a} and {b} cannot be matched, one side has to be grouped by all keys of the other',
  ],

  // Functions
  ['foo(load{*})', 0, 'before foo(load{*}): there is no function foo()'],
  ['load{*} + Abs(load{*})', 10, 'before Abs(load{*}): there is no function Abs()'],
  ['ewma_4(load{*})', 0, 'before ewma_4(load{*}): there is no function ewma_4()'],
  ['top7(load{*})', 0, 'before top7(load{*}): there is no function top7()'],
  ['ceil(load{*})', 0, 'before ceil(load{*}): there is no function ceil()'],
  ['constructor(load{*})', 0, 'before constructor(load{*}): there is no function constructor()'],
  ["anomalies(load{*}, 'basic', 2)", 0, "before anomalies(load{*}, ': the function anomalies() is not supported, nothing is predicted here"], // prettier-ignore
  ["forecast(load{*}, 'linear', 1)", 0, "before forecast(load{*}, 'l: the function forecast() is not supported, nothing is predicted here"], // prettier-ignore
  ["outliers(load{*} by {host}, 'DBSCAN', 2)", 0, 'before outliers(load{*} by : the function outliers() is not supported, nothing is predicted here'], // prettier-ignore
  ['autosmooth(load{*})', 0, 'before autosmooth(load{*}): the function autosmooth() is not supported, no curve is fitted here'], // prettier-ignore
  ['1 + trend_line(load{*})', 4, 'before trend_line(load{*}): the function trend_line() is not supported, no curve is fitted here'], // prettier-ignore
  ['robust_trend(load{*})', 0, 'before robust_trend(load{*}: the function robust_trend() is not supported, no curve is fitted here'], // prettier-ignore
  ['max(load{*}, total{*})', 0, `before max(load{*}, total{*: the function max() is not supported, ${again}`], // prettier-ignore
  ["rollup(load{*}, 'p95', 1800)", 0, `before rollup(load{*}, 'p95: the function rollup() is not supported, ${again}`], // prettier-ignore
  ['sum(load{*} by {host}, {name})', 0, `before sum(load{*} by {host: the function sum() is not supported, ${again}`], // prettier-ignore
  ['abs()', 4, `before ): ${operand}`],
  ['abs(', 4, `at its end: ${operand}`],
  ['abs(load{*}', 11, 'at its end: ) is expected, as in abs(query)'],
  ['abs(load{*}, 2)', 11, 'before , 2): ) is expected, as in abs(query)'],
  ['abs(load{*} total{*})', 12, 'before total{*}): ) is expected, as in abs(query)'],
  ['abs(load)', 8, `before ): ${brace}`],
  ['abs(load{name:a)', 15, `before ): ${afterTag}`],
  ['abs load{*}', 4, `before load{*}: ${brace}`],
  ['abs(load{*}).fill(zero)', 12, `before .fill(zero): ${operator}`],
  ['top(load{*} by {name})', 21, `before ): , is expected, ${top}`],
  ['top(load{*}, 0)', 13, 'before 0): a number of series from 1 to 1000 is expected'],
  ['top(load{*}, 2.5)', 13, 'before 2.5): a number of series from 1 to 1000 is expected'],
  ['top(load{*}, -5)', 13, 'before -5): a number of series from 1 to 1000 is expected'],
  ["top(load{*}, 'mean')", 13, "before 'mean'): a number of series from 1 to 1000 is expected"],
  ["top(load{*}, 5, 'avg')", 16, `before 'avg'): ${ranks}`],
  ["top(load{*}, 5, 'mean)", 16, `before 'mean): ${ranks}`],
  ["top(load{*}, 5, 'mean', 'up')", 24, "before 'up'): one of desc, asc is expected"],
  ["top(load{*}, 5, 'mean', 'asc', 1)", 29, `before , 1): ) is expected, ${top}`],
  ["bottom(load{*}, 5, 'mean', 'asc')", 25, "before , 'asc'): ) is expected, as in bottom(query, 10, 'mean')"], // prettier-ignore
  ['top5(load{*}, 3)', 12, 'before , 3): ) is expected, as in top5(query)'],
  ['clamp_min(load{*})', 17, 'before ): , is expected, as in clamp_min(query, 100)'],
  ["cutoff_max(load{*}, 'x')", 20, "before 'x'): a number is expected"],
  ['cutoff_max(load{*}, total{*})', 20, 'before total{*}): a number is expected'],
  ['clamp_max(load{*}, 1e999)', 19, 'before 1e999): a number is expected'],
  ['timeshift(load{*})', 17, 'before ): , is expected, as in timeshift(query, -3600)'],
  ['timeshift(load{*}, 3600)', 19, 'before 3600): a whole number of seconds from -315360000 to -1 is expected'], // prettier-ignore
  ['timeshift(load{*}, -0.5)', 19, 'before -0.5): a whole number of seconds from -315360000 to -1 is expected'], // prettier-ignore
  ["moving_rollup(load{*}, 60)", 25, "before ): , is expected, as in moving_rollup(query, 300, 'avg')"],
  ["moving_rollup(load{*}, 0, 'avg')", 23, "before 0, 'avg'): a whole number of seconds from 1 to 315360000 is expected"], // prettier-ignore
  ["moving_rollup(load{*}, 60, 'p95')", 27, "before 'p95'): one of avg, min, max, sum, count is expected"], // prettier-ignore
  ["calendar_shift(load{*}, '-1d')", 29, "before ): , is expected, as in calendar_shift(query, '-1mo', 'UTC')"], // prettier-ignore
  ["calendar_shift(load{*}, '1d', 'UTC')", 24, `before '1d', 'UTC'): days, weeks or months such as "-1d", "-2w" or "-1mo" in quotes is expected`], // prettier-ignore
  ["calendar_shift(load{*}, '-1y', 'UTC')", 24, `before '-1y', 'UTC'): days, weeks or months such as "-1d", "-2w" or "-1mo" in quotes is expected`], // prettier-ignore
  ["calendar_shift(load{*}, '-1d', 'Mars')", 31, `before 'Mars'): a time zone such as "UTC" or "Europe/Paris" in quotes is expected`], // prettier-ignore
]

/** Queries that can be read and not be answered: where, if it can be said, and the whole sentence. */
export const refusedQueries: readonly (readonly [query: string, at: number | undefined, message: string])[] = [
  ['count:load{*}', 0, 'Cannot take count of load: it is no distribution; avg:, min:, max: and sum: can be taken of it'], // prettier-ignore
  ['p95:load{*} by {host}', 0, 'Cannot take p95 of load: it is no distribution; avg:, min:, max: and sum: can be taken of it'], // prettier-ignore
  ['100 * abs(p50:hits{*})', 10, 'Cannot take p50 of hits: it is no distribution; avg:, min:, max: and sum: can be taken of it'], // prettier-ignore
  ["moving_rollup(load{*}, 59951, 'avg')", undefined, 'Cannot look back 59950 s in steps of 10 s: 6001 steps are needed, at most 6000 are allowed; ask for longer ones with .rollup()'], // prettier-ignore
]
