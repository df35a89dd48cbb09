/** The text of a field of a form; empty where there is none of that name. */
export type ReadField = (name: string) => string

/** What stands in the fields of a form now. */
export function fieldsOf(form: HTMLFormElement): ReadField {
  const fields = new FormData(form)
  return (name) => {
    const value = fields.get(name)
    return typeof value === 'string' ? value : ''
  }
}
