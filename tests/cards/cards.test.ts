import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { Ajv, type ValidateFunction } from 'ajv';
import { describe, expect, it } from 'vitest';
import { samples } from './samples.js';
import { withoutTeamsAdditions } from './teams-additions.js';

const require = createRequire(import.meta.url);
/** The official schema of Adaptive Cards 1.5 (microsoft/AdaptiveCards). It is not part of this repository. */
const SCHEMA = new URL('../../../shared/data/adaptive-card-1.5.schema.json', import.meta.url);
const BUDGET_BYTES = 28 * 1024;
const MOST_PRIMARY_ACTIONS = 6;

describe('every card in every state and both languages', () => {
  const cards = samples().map((sample) => [`${sample.lang} ${sample.name}`, sample] as const);

  it.each(cards)('%s leaves no template expression of its own in the card', (_name, { card }) => {
    // What people typed may hold one, and must come through as they typed it: the samples type `${x}` and `${name}`.
    const text = JSON.stringify(card)
      .replaceAll(/\$\\*\{(x|name)\\*\}/g, '')
      .replaceAll(/\$ (x|name)/g, '');
    expect(text).not.toContain('${');
    expect(text).not.toContain('undefined');
    expect(text).not.toContain('[object Object]');
  });

  it.each(cards)('%s stays within its size and number of buttons', (_name, { card }) => {
    expect(Buffer.byteLength(JSON.stringify(card))).toBeLessThanOrEqual(BUDGET_BYTES);
    const primary = objectsIn(card).filter(
      (part) =>
        typeof part.type === 'string' &&
        part.type.startsWith('Action.') &&
        part.mode !== 'secondary' &&
        part.$as === 'actions',
    );
    expect(primary.length).toBeLessThanOrEqual(MOST_PRIMARY_ACTIONS);
  });

  it.each(cards)('%s has a language, a text for clients that cannot show it, and a heading', (_n, sample) => {
    const { card, lang } = sample;
    expect(card.lang).toBe(lang);
    expect(card.fallbackText).not.toBe('');
    const headings = objectsIn(card).filter((part) => part.style === 'heading');
    expect(headings).toHaveLength(1);
  });

  it.each(cards)(
    '%s gives each input a label and an id of its own, and each required one an error',
    (_n, s) => {
      const inputs = objectsIn(s.card).filter((part) => String(part.type).startsWith('Input.'));
      for (const input of inputs) {
        expect(input.label).toEqual(expect.stringMatching(/\S/));
        if (input.isRequired === true) expect(input.errorMessage).toEqual(expect.stringMatching(/\S/));
      }
      expect(new Set(inputs.map((input) => input.id)).size).toBe(inputs.length);
    },
  );

  const validate = officialSchema();
  if (validate === null) {
    it('is not checked against the official schema: the file is not here', () => {
      process.stdout.write(
        'cards: the official schema of Adaptive Cards is not here; that check was left out\n',
      );
      expect(existsSync(SCHEMA)).toBe(false);
    });
  } else {
    it.each(cards)('%s is valid against the official schema', (_name, { card }) => {
      validate(withoutTeamsAdditions(card));
      expect(validate.errors ?? []).toEqual([]);
    });
  }
});

type Part = Record<string, unknown>;

/** Every object in a card, told by `$as` in which field it stands. Fallbacks and payloads are left out. */
function objectsIn(value: unknown, field = ''): Part[] {
  if (Array.isArray(value)) return value.flatMap((one) => objectsIn(one, field));
  if (typeof value !== 'object' || value === null) return [];
  const inner = Object.entries(value)
    .filter(([name]) => name !== 'fallback' && name !== 'data')
    .flatMap(([name, one]) => objectsIn(one, name));
  return [{ ...(value as Part), $as: field }, ...inner];
}

function officialSchema(): ValidateFunction | null {
  if (!existsSync(SCHEMA)) return null;
  const schema = JSON.parse(readFileSync(SCHEMA, 'utf8')) as Part;
  delete schema.id;
  const ajv = new Ajv({ strict: false, allErrors: false, validateFormats: false });
  ajv.addMetaSchema(require('ajv/dist/refs/json-schema-draft-06.json'));
  return ajv.compile(schema);
}
