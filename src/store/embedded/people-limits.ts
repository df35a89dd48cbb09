/** What one question of people may cost. The engine itself ends it there; of its memory it may take a half. */
export const peopleLimits = {
  timeS: 10,
  rows: 100_000,
  resultBytes: 16 * 1024 * 1024,
} as const

/**
 * Statements that turn a connection into one for people's questions. The role leaves them the public views; `readonly`
 * makes the limits final: after it the connection refuses to change any setting, itself included.
 */
export const peopleSetUp: readonly string[] = [
  'SET ROLE people',
  'USE vigie',
  `SET ${[
    `max_execution_time = ${peopleLimits.timeS}`,
    `max_result_rows = ${peopleLimits.rows}`,
    `max_result_bytes = ${peopleLimits.resultBytes}`,
    "result_overflow_mode = 'throw'",
    "timeout_overflow_mode = 'throw'",
    'max_ast_depth = 500',
    'max_ast_elements = 20000',
    'max_subquery_depth = 50',
    'allow_introspection_functions = 0',
    'allow_ddl = 0',
    'readonly = 1',
  ].join(', ')}`,
]
