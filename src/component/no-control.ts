import type { Control } from './control.ts'

/** For components that run by themselves, such as a source that is checked: nobody asks them anything. */
export const noControl: Control = { offer: () => () => {} }
