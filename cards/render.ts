import expressions, { type Expression, type MemoryInterface } from 'adaptive-expressions';
import { Template } from 'adaptivecards-templating';
import { withoutLoneOverflow } from './action-sets.js';
import type { HelpLang } from './crisis/danger-kinds.js';
import { withoutEscapes } from './plain.js';
import { withNamedFields } from './problem-fields.js';

/** An Adaptive Card 1.5, ready to be sent as it is. */
export type Card = {
  readonly type: 'AdaptiveCard';
  readonly version: '1.5';
  readonly lang: HelpLang;
  /** Plain text: names stand in it as they were typed. */
  readonly fallbackText: string;
  readonly body: readonly unknown[];
};

/**
 * Memoizes a card that is the same for everybody, by the ids that it is made from. The cache has no bound, so only for
 * cards of which there are few.
 */
export function fixedCard<L extends HelpLang, Ids extends readonly (string | undefined)[]>(
  make: (lang: L, ...ids: Ids) => Card,
): (lang: L, ...ids: Ids) => Card {
  const made = new Map<string, Card>();
  return (lang, ...ids) => {
    const id = [lang, ...ids].join('|');
    const card = made.get(id) ?? make(lang, ...ids);
    made.set(id, card);
    return card;
  };
}

/**
 * Nearly all that a template asks for is a value by its name, which the library looks up by writing a path and taking it
 * apart again: half of the time, and of the garbage, of filling a card. What it would find is found at once here; whatever
 * else there is to find, and whatever is not there, it looks for itself.
 */
function findValuesByName(): void {
  const accessor = expressions.ExpressionFunctions.standardFunctions.get(expressions.ExpressionType.Accessor);
  if (accessor === undefined) return;
  const { tryEvaluate } = accessor;
  accessor.tryEvaluate = (expression, state, options) => {
    const value = valueByName(expression, state);
    if (value === undefined) return tryEvaluate(expression, state, options);
    // The type says that there always is an error; the library itself gives none where there is none.
    return { value, error: undefined } as unknown as ReturnType<typeof tryEvaluate>;
  };
}

function valueByName({ children }: Expression, state: MemoryInterface): unknown {
  const [name] = children;
  if (children.length !== 1 || !(name instanceof expressions.Constant)) return undefined;
  const { $data } = state as { readonly $data?: unknown };
  if (typeof $data !== 'object' || $data === null || !Object.hasOwn($data, name.value)) return undefined;
  return ($data as Readonly<Record<string, unknown>>)[name.value];
}

findValuesByName();

/**
 * A card's template, parsed when it is first filled: parsing all of them would double the time of a start. The function that
 * comes back fills it. `summary` becomes `fallbackText`, which a client shows that cannot show the card, and the text of
 * the notification; it is given escaped, as the card's own texts are, and unescaped here, where no card can forget it. A
 * template may name only what its data always has: the library leaves `${missing}` in the card without an error (a test
 * looks for that in each card).
 */
export function template<Data extends object>(
  json: unknown,
): (lang: HelpLang, summary: string, data: Data) => Card {
  let read: Template | null = null;
  return (lang, summary, data) => {
    read ??= new Template(json);
    return {
      type: 'AdaptiveCard',
      version: '1.5',
      lang,
      fallbackText: withoutEscapes(summary),
      ...(withNamedFields(lang, withoutLoneOverflow(read.expand({ $root: data }))) as Filled),
    };
  };
}

type Filled = { readonly body: readonly unknown[] };

/**
 * The same for a part that several cards share: the filled elements of its template's one container, to be used as `items`
 * in the template of a card.
 */
export function fragment<Data extends object>(json: unknown): (data: Data) => readonly unknown[] {
  let read: Template | null = null;
  return (data) => {
    read ??= new Template(json);
    return (read.expand({ $root: data }) as { readonly items: readonly unknown[] }).items;
  };
}
