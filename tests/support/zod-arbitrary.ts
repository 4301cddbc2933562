import fc from 'fast-check';
import { z } from 'zod';

/** What stands in a field by its name, wherever in the schema it is: ids of records, days, odd strings. */
export type Fields = Readonly<Record<string, fc.Arbitrary<unknown>>>;

const WORDS = fc.string({ maxLength: 20 });
/** Nothing says how many where a schema does not. */
const MOST_ELEMENTS = 3;

/**
 * What a schema lets through, at random. Only what the payloads of presses and records are made of: a kind of schema that is
 * new here throws, so that no verb is tried with less than its whole payload. `text` is for strings without a form.
 */
export function arbitraryOf(
  schema: z.core.$ZodType,
  fields: Fields = {},
  text: fc.Arbitrary<string> = WORDS,
): fc.Arbitrary<unknown> {
  const inside = (inner: z.core.$ZodType) => arbitraryOf(inner, fields, text);
  if (schema instanceof z.ZodDefault) return inside(schema.unwrap());
  if (schema instanceof z.ZodOptional) return fc.option(inside(schema.unwrap()), { nil: undefined });
  if (schema instanceof z.ZodNullable) return fc.option(inside(schema.unwrap()), { nil: null });
  if (schema instanceof z.ZodRecord)
    return fc.dictionary(fc.stringMatching(/^[a-z0-9]{1,4}$/), inside(schema.valueType), {
      maxKeys: MOST_ELEMENTS,
    });
  // What comes out of it goes in as well.
  if (schema instanceof z.ZodPipe) return inside(schema.out);
  if (schema instanceof z.ZodUnion) return fc.oneof(...schema.options.map(inside));
  if (schema instanceof z.ZodEnum) return fc.constantFrom(...schema.options);
  if (schema instanceof z.ZodLiteral) return fc.constantFrom(...schema.values);
  if (schema instanceof z.ZodBoolean) return fc.boolean();
  if (schema instanceof z.ZodNumber) return fc.integer(boundsOf(schema));
  if (schema instanceof z.ZodISODate) return aDay();
  if (schema instanceof z.ZodISODateTime) return aDay().map((day) => `${day}T09:00:00.000Z`);
  if (schema instanceof z.ZodString) return stringOf(schema, text);
  if (schema instanceof z.ZodArray) {
    return fc.array(inside(schema.element), { maxLength: limitOf(schema, 'max_length') ?? MOST_ELEMENTS });
  }
  if (schema instanceof z.ZodObject) {
    const shape: Record<string, z.core.$ZodType> = schema.shape;
    return fc.record(
      Object.fromEntries(
        Object.entries(shape).map(
          ([name, inner]) =>
            [name, isListed(inner) ? inside(inner) : (fields[name] ?? inside(inner))] as const,
        ),
      ),
    );
  }
  throw new Error(`no arbitrary for a schema of the kind ${schema._zod.def.type}`);
}

/** What only takes words of its own list keeps to them, whatever a field of that name is told. */
function isListed(schema: z.core.$ZodType): boolean {
  return schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral;
}

/** By its source: reading a pattern takes longer than finding a text that fits it. */
const matching = new Map<string, fc.Arbitrary<string>>();

function textsLike(pattern: RegExp): fc.Arbitrary<string> {
  const known = matching.get(String(pattern)) ?? fc.stringMatching(pattern);
  matching.set(String(pattern), known);
  return known;
}

function stringOf(schema: z.ZodString, text: fc.Arbitrary<string>): fc.Arbitrary<string> {
  const pattern = (schema._zod.def.checks ?? [])
    .map(({ _zod: { def } }) => ('pattern' in def && def.pattern instanceof RegExp ? def.pattern : null))
    .find((found) => found !== null);
  if (pattern !== undefined) return textsLike(pattern);
  const [shortest, longest] = [schema.minLength ?? 0, schema.maxLength ?? Number.POSITIVE_INFINITY];
  return text.map((one) => one.slice(0, longest).padEnd(shortest, 'x'));
}

function boundsOf(schema: z.ZodNumber): { min: number; max: number } {
  const within = (bound: number | null, usual: number) =>
    bound !== null && Number.isSafeInteger(bound) ? bound : usual;
  return {
    min: within(schema.minValue, Number.MIN_SAFE_INTEGER),
    max: within(schema.maxValue, Number.MAX_SAFE_INTEGER),
  };
}

function limitOf(schema: z.ZodArray, check: string): number | undefined {
  const found = (schema._zod.def.checks ?? [])
    .map(({ _zod: { def } }) => def)
    .find((def) => def.check === check);
  return found !== undefined && 'maximum' in found ? Number(found.maximum) : undefined;
}

function aDay(): fc.Arbitrary<string> {
  return fc
    .date({ min: new Date('2000-01-01'), max: new Date('2099-12-31'), noInvalidDate: true })
    .map((date) => date.toISOString().slice(0, 10));
}
