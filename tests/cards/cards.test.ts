import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { type Button, fitsButton } from '../../cards/actions.js';
import { withWayBack } from '../../cards/digest/digest.card.js';
import { LONG_NAME, type Sample, samples } from './samples.js';
import { withoutTeamsAdditions } from './teams-additions.js';

const require = createRequire(import.meta.url);
const SCHEMA = new URL('schema/adaptive-card-1.5.schema.json', import.meta.url);
const BUDGET_BYTES = 28 * 1024;
const MOST_PRIMARY_ACTIONS = 6;
/** The column of what facts are called grows with the longest word in it, of which so many letters leave its half. */
const MOST_FACT_LETTERS = 16;

const SENTENCE_ABOVE =
  /^(?:Nog niet (?:opgeslagen|begonnen|vastgelegd)\. Kijk|Not (?:saved|started|recorded) yet\. Look)/;

/** One case for each check, with the name of each sample that fails it: a case for each sample says no more. */
describe('every card in every state and both languages', () => {
  it('leaves no template expression of its own in the card', () => {
    expect(
      faultsIn(({ card }) => {
        // What people typed may hold one, and comes through as they typed it: the samples type `${x}` and `${name}`.
        const text = JSON.stringify(card)
          .replaceAll(/\$\\*\{(x|name)\\*\}/g, '')
          .replaceAll(/\$ (x|name)/g, '');
        return ['${', 'undefined', '[object Object]'].filter((trace) => text.includes(trace));
      }),
    ).toEqual([]);
  });

  it('stays within its size and number of buttons, also with the way back to a digest', () => {
    expect(
      faultsIn(({ card, lang }) => {
        // Cards of HR and of those who only look something up are opened from no digest; any of them may come to be.
        const cards = [card, withWayBack({ ...card, lang }, '2027-01-12')];
        return cards.flatMap((one) => {
          const bytes = Buffer.byteLength(JSON.stringify(one));
          const primary = objectsIn(one).filter(
            ({ type, mode, $as }) =>
              String(type).startsWith('Action.') && mode !== 'secondary' && $as === 'actions',
          );
          return [
            ...(bytes > BUDGET_BYTES ? [`${bytes} bytes`] : []),
            ...(primary.length > MOST_PRIMARY_ACTIONS ? [`${primary.length} primary actions`] : []),
          ];
        });
      }),
    ).toEqual([]);
  });

  it('has no label that a button on a small phone cuts off', () => {
    expect(
      faultsIn(({ card }) =>
        partsOf(card)
          .filter(({ type }) => type === 'ActionSet')
          .flatMap(({ actions }) => actions as readonly Button[])
          .filter((one) => !fitsButton(one))
          .map(({ title }) => String(title)),
      ),
    ).toEqual([]);
  });

  it('calls no fact by words so long, as names may be, that its value is pushed off a small phone', () => {
    expect(
      faultsIn(({ card }) =>
        partsOf(card)
          .filter(({ type }) => type === 'FactSet')
          .flatMap(({ facts }) => facts as readonly { readonly title: string }[])
          .filter(({ title }) => title.split(' ').some((word) => word.length > MOST_FACT_LETTERS))
          .map(({ title }) => title),
      ),
    ).toEqual([]);
  });

  it('has nothing that sticks to the buttons above it', () => {
    expect(
      faultsIn(({ card }) =>
        partsOf(card)
          .flatMap(({ body, items }) => [body, items])
          .filter((list) => Array.isArray(list))
          .flatMap((list) =>
            list.filter(
              ({ spacing }, at) => at > 0 && spacing === 'None' && list[at - 1].type === 'ActionSet',
            ),
          )
          .map(({ text }) => String(text)),
      ),
    ).toEqual([]);
  });

  it('hides nothing behind “…” that could stand there itself', () => {
    expect(
      faultsIn(({ card }) =>
        partsOf(card)
          .filter(({ type }) => type === 'ActionSet')
          .map(({ actions }) => actions as readonly { readonly mode?: unknown; readonly title?: unknown }[])
          .filter((actions) => actions.length <= MOST_PRIMARY_ACTIONS)
          .map((actions) => actions.filter(({ mode }) => mode === 'secondary'))
          .filter((secondary) => secondary.length === 1)
          .map(([only]) => `${only?.title} alone behind …`),
      ),
    ).toEqual([]);
  });

  it('has its language, a text for clients that cannot show it, and one heading', () => {
    expect(
      faultsIn(({ card, lang }) => {
        const headings = partsOf(card).filter((part) => part.style === 'heading').length;
        return [
          ...(card.lang === lang ? [] : [`language ${card.lang}`]),
          ...(card.fallbackText === '' ? ['no fallbackText'] : []),
          ...(headings === 1 ? [] : [`${headings} headings`]),
        ];
      }),
    ).toEqual([]);
  });

  it('says what is wrong wherever a client refuses something, and lets no client cut a text in silence', () => {
    const rules = ['isRequired', 'min', 'max', 'regex', 'maxLength'] as const;
    expect(
      faultsIn(({ card }) =>
        partsOf(card)
          .filter((part) => String(part.type).startsWith('Input.'))
          .flatMap((input) => [
            ...rules
              .filter(
                (rule) => input[rule] !== undefined && input[rule] !== false && !hasText(input.errorMessage),
              )
              .map((rule) => `${input.id}: ${rule} without a message`),
            // Teams cuts what is pasted at this length and says nothing: a text is refused by us instead, with all of it
            // given back. Numbers are shorter than any bound.
            ...(input.maxLength !== undefined && input.isMultiline === true ? [`${input.id} is cut`] : []),
          ]),
      ),
    ).toEqual([]);
  });

  it('names in the sentence above a form each field that has a message, or the first three of many', () => {
    const named: string[] = [];
    expect(
      faultsIn(({ name, card }) => {
        const parts = partsOf(card);
        const problems = parts.filter(
          ({ type, color, weight, spacing }) =>
            type === 'TextBlock' && color === 'Attention' && weight === 'Bolder' && spacing === 'Small',
        );
        const bar = parts.find(({ text }) => SENTENCE_ABOVE.test(String(text)));
        const labels = problems.flatMap((problem) => {
          const before = parts
            .slice(0, parts.indexOf(problem))
            .filter(({ type }) => /^Input\./.test(String(type)));
          const field = before.at(-1);
          return field === undefined ? [] : [String(field.label ?? field.title).replace(/\s*\([^)]*\)$/, '')];
        });
        if (bar === undefined) return [];
        named.push(name);
        return [
          ...(labels.length === 0 ? ['names no field'] : []),
          ...labels.slice(0, 3).filter((label) => !String(bar.text).includes(label)),
          ...(String(bar.text).includes('{') ? [String(bar.text)] : []),
        ];
      }),
    ).toEqual([]);
    expect(named.length).toBeGreaterThan(20);
  });

  it('gives each input a label and an id of its own, and each required one an error', () => {
    expect(
      faultsIn(({ card }) => {
        const inputs = partsOf(card).filter((part) => String(part.type).startsWith('Input.'));
        const ids = inputs.map(({ id }) => String(id));
        return [
          // The title of a switch is what a screen reader says of it.
          ...inputs
            .filter(({ type, label, title }) => !hasText(type === 'Input.Toggle' ? title : label))
            .map(({ id }) => `${id} has no label`),
          ...inputs
            .filter(({ isRequired, errorMessage }) => isRequired === true && !hasText(errorMessage))
            .map(({ id }) => `${id} has no error`),
          ...ids.filter((id, at) => ids.indexOf(id) !== at).map((id) => `${id} twice`),
        ];
      }),
    ).toEqual([]);
  });

  it('escapes nothing where text is shown as it is: in the notification, on buttons, labels and choices', () => {
    const asItIs = ['title', 'label', 'placeholder', 'errorMessage', 'altText', 'tooltip'];
    expect(
      faultsIn(({ card }) => [
        ...(card.fallbackText.includes('\\') ? [`fallbackText ${card.fallbackText}`] : []),
        ...partsOf(card).flatMap((part) =>
          asItIs
            // The title of a fact is markdown.
            .filter((name) => part.$as !== 'facts' && String(part[name] ?? '').includes('\\'))
            .map((name) => `${name} ${part[name]}`),
        ),
      ]),
    ).toEqual([]);
  });

  it('names people in the notification as they were typed', () => {
    const named = samples().filter(({ card }) => card.fallbackText.includes('Annemarie-Chrysanthème'));
    expect(named.length).toBeGreaterThan(20);
    expect(
      named.filter(({ card }) => !card.fallbackText.includes(LONG_NAME)).map(({ name }) => name),
    ).toEqual([]);
  });

  it('is valid against the official schema, which refuses a card that is none', () => {
    const validate = officialSchema();
    expect(
      faultsIn(({ card }) => {
        validate(withoutTeamsAdditions(card));
        return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message}`);
      }),
    ).toEqual([]);
    {
      const validate = officialSchema();
      expect(validate({ type: 'AdaptiveCard', version: '1.5', body: [{ type: 'TextBlock' }] })).toBe(false);
    }
  });
});

type Part = Record<string, unknown>;

/** What a check finds wrong with each sample, by the sample's name. */
function faultsIn(check: (sample: Sample) => readonly string[]): string[] {
  return samples().flatMap((sample) =>
    check(sample).map((fault) => `${sample.lang} ${sample.name}: ${fault}`),
  );
}

function hasText(value: unknown): boolean {
  return typeof value === 'string' && value.trim() !== '';
}

const PARTS = new WeakMap<object, readonly Part[]>();

/** The same of a whole card, which many checks look at. */
function partsOf(card: object): readonly Part[] {
  const parts = PARTS.get(card) ?? objectsIn(card);
  PARTS.set(card, parts);
  return parts;
}

/** Every object in a card, told by `$as` in which field it stands. Fallbacks and payloads are left out. */
function objectsIn(value: unknown, field = ''): Part[] {
  if (Array.isArray(value)) return value.flatMap((one) => objectsIn(one, field));
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value)
    .filter(([name]) => name !== 'fallback' && name !== 'data')
    .flatMap(([name, one]) => objectsIn(one, name));
  return [{ ...(value as Part), $as: field }, ...inner];
}

function officialSchema(): ValidateFunction {
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as Part;
  delete schema.id;
  const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  return ajv.compile(schema);
}

/** The sets of buttons in a part of a card. */
function setsIn(part: unknown): readonly (readonly { readonly mode?: string }[])[] {
  if (Array.isArray(part)) return part.flatMap(setsIn);
  if (typeof part !== 'object' || part === null) return [];
  const { type, actions } = part as { type?: string; actions?: readonly { readonly mode?: string }[] };
  return type === 'ActionSet' ? [actions ?? []] : Object.values(part).flatMap(setsIn);
}

describe('the buttons of a card', () => {
  it('are never all behind the three dots', () => {
    const hidden = samples()
      .filter(({ card }) => {
        const buttons = setsIn(card.body).flat();
        return buttons.length > 0 && buttons.every(({ mode }) => mode === 'secondary');
      })
      .map(({ name, lang }) => `${name} ${lang}`);
    expect(hidden).toEqual([]);
  });
});
