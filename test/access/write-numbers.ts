import { z } from 'zod'
import { openStateFile } from '../../src/access/state-file.ts'

// Adds number after number to the document in the folder it is given, and tells each that is written: to be killed at it.
const schema = z.strictObject({ version: z.literal(1), numbers: z.array(z.number()).readonly() })
const file = await openStateFile({
  folder: process.argv[2] ?? '',
  name: 'numbers',
  schema,
  empty: { version: 1, numbers: [] },
})
for (let number = 1; ; number += 1) {
  await file.change((state) => ({
    state: { ...state, numbers: [...state.numbers, number] },
    result: undefined,
  }))
  process.send?.(number)
}
