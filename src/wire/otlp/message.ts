import type { AnyValue } from './any-value.ts'

/**
 * Kinds of single values. In protobuf: `double`; `int` and `unsigned` as varints, `signed` in zigzag, `fixed` and `signedFixed`
 * in 8 bytes, `nanos` too, as which times come; `hex` are bytes that OTLP's JSON writes in hexadecimal digits.
 */
export interface ValueKinds {
  double: number
  int: number
  signed: number
  fixed: number
  signedFixed: number
  nanos: bigint
  flag: boolean
  text: string
  hex: string
  any: AnyValue
}

export type ValueKind = keyof ValueKinds

/** A field of a message. */
export interface Field<
  Kind extends ValueKind | Message = ValueKind | Message,
  Many extends boolean = boolean,
> {
  /** In protobuf. In JSON it has its name. */
  readonly number: number
  readonly kind: Kind
  readonly isMany: Many
}

/** Fields by the names that OTLP's JSON gives them. */
export interface Message {
  readonly fields: Readonly<Record<string, Field>>
}

/** What is read of a message: many values are a list, which may be empty; one that is not there is undefined. */
export type MessageOf<M> = M extends { readonly fields: infer Fields }
  ? { readonly [Name in keyof Fields]: FieldValue<Fields[Name]> }
  : never

type FieldValue<F> =
  F extends Field<infer Kind, infer Many>
    ? Many extends true
      ? readonly KindValue<Kind>[]
      : KindValue<Kind> | undefined
    : never

type KindValue<Kind> = Kind extends ValueKind ? ValueKinds[Kind] : MessageOf<Kind>

/** A field that is there once, or not. */
export function one<const Kind extends ValueKind | Message>(
  number: number,
  kind: Kind,
): Field<Kind, false> {
  return { number, kind, isMany: false }
}

/** A field that is there any number of times. */
export function many<const Kind extends ValueKind | Message>(
  number: number,
  kind: Kind,
): Field<Kind, true> {
  return { number, kind, isMany: true }
}

/** How much one body may hold: objects of a few bytes on the wire take hundreds in memory. */
export class OtlpBudget {
  #messages = 1_000_000
  #numbers = 4_000_000

  /** False once there are too many messages, or values of attributes. */
  takeMessage(): boolean {
    return --this.#messages >= 0
  }

  /** False once there are too many numbers in lists. */
  takeNumber(): boolean {
    return --this.#numbers >= 0
  }
}

/** What is said when a budget is used up. */
export const tooMuchSentence = 'it holds more than 1,000,000 values; send less at once'
