/** How many times as long something may take on a machine that has more to do; `VIGIE_TEST_PATIENCE`, 1 by default. */
export const patience = Number(process.env['VIGIE_TEST_PATIENCE'] ?? 1)
