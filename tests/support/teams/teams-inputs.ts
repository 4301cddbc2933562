import { type Card, type CardPart, inputsOf } from './teams-card.js';

export type InputValue = string | number | boolean;
export type Inputs = { readonly [id: string]: InputValue };

export interface FillOptions {
  /** Sends what was given as it is, like somebody who makes requests by hand. */
  readonly force?: boolean;
  /** Whether an input that was left empty is sent as `''` (unless said) or not at all; clients differ. */
  readonly unset?: 'blank' | 'absent';
}

/**
 * What a client sends along with a button: the value of every input, as a string.
 *
 * Throws `client refuses: …` where Teams does not let the person press at all: a required input left
 * empty, a
 * value against `maxLength`, `min`, `max`, `regex` or the choices (adaptivecards.io, Input.*).
 */
export function fillIn(
  cards: readonly Card[],
  given: Inputs,
  options: FillOptions = {},
): Record<string, string> {
  const inputs = inputsOf(cards);
  const unknown = Object.keys(given).filter((id) => !inputs.some((input) => input.id === id));
  if (unknown.length > 0 && !options.force) {
    const known = inputs.map(({ id }) => id).join(', ') || 'none';
    throw new Error(`the card has no input ${unknown.join(', ')}; it has: ${known}`);
  }
  const values: Record<string, string> = {};
  for (const input of inputs) {
    const id = String(input.id);
    const value = String(given[id] ?? initialValue(input));
    const refusal = options.force ? undefined : refusalOf(input, value);
    if (refusal) throw new Error(`client refuses: ${id} ${refusal}`);
    if (value !== '' || options.unset !== 'absent') values[id] = value;
  }
  for (const id of options.force ? unknown : []) values[id] = String(given[id]);
  return values;
}

function initialValue(input: CardPart): unknown {
  if (input.value !== undefined) return input.value;
  return input.type === 'Input.Toggle' ? (input.valueOff ?? 'false') : '';
}

function refusalOf(input: CardPart, value: string): string | undefined {
  if (input.type === 'Input.Toggle') {
    const on = String(input.valueOn ?? 'true');
    if (value !== on && value !== String(input.valueOff ?? 'false')) return `is neither on nor off: ${value}`;
    return input.isRequired && value !== on ? 'must be ticked' : undefined;
  }
  if (value === '') return input.isRequired ? 'is required' : undefined;
  switch (input.type) {
    case 'Input.Text':
      return textRefusal(input, value);
    case 'Input.Number':
      return Number.isFinite(Number(value))
        ? rangeRefusal(input, Number(value))
        : `is not a number: ${value}`;
    case 'Input.Date':
      return isDate(value) ? rangeRefusal(input, value) : `is not a date: ${value}`;
    case 'Input.Time':
      return /^([01]\d|2[0-3]):[0-5]\d$/.test(value) ? rangeRefusal(input, value) : `is not a time: ${value}`;
    case 'Input.ChoiceSet':
      return choiceRefusal(input, value);
    default:
      return undefined;
  }
}

function textRefusal(input: CardPart, value: string): string | undefined {
  if (typeof input.maxLength === 'number' && value.length > input.maxLength) {
    return `is longer than ${input.maxLength}`;
  }
  // Not anchored: adaptivecards tests the expression anywhere in the value too.
  return typeof input.regex === 'string' && !new RegExp(input.regex).test(value)
    ? 'does not match'
    : undefined;
}

function rangeRefusal(input: CardPart, value: number | string): string | undefined {
  const bound = (limit: unknown) => (typeof value === 'number' ? Number(limit) : String(limit));
  if (input.min !== undefined && value < bound(input.min)) return `is below ${input.min}: ${value}`;
  return input.max !== undefined && value > bound(input.max) ? `is above ${input.max}: ${value}` : undefined;
}

function choiceRefusal(input: CardPart, value: string): string | undefined {
  // A people picker or a search offers more than the card lists.
  if (input['choices.data'] !== undefined) return undefined;
  const offered = new Set((input.choices as { value: string }[] | undefined)?.map((choice) => choice.value));
  const chosen = input.isMultiSelect ? value.split(',') : [value];
  const missing = chosen.filter((choice) => !offered.has(choice));
  return missing.length > 0 ? `offers ${[...offered].join(', ')}, not ${missing.join(', ')}` : undefined;
}

function isDate(value: string): boolean {
  return /^\d{4}-\d\d-\d\d$/.test(value) && !Number.isNaN(Date.parse(value));
}
