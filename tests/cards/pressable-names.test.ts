import { expect, it } from 'vitest';
import { leavesOf } from '../../cards/content/content-check.js';
import { allPieces, pieceWords } from '../../cards/content/pieces.js';
import { LANGS, messagesFor } from '../../cards/content/words.js';
import { faultsOf } from '../support/faults.js';
import { samples } from './samples.js';

/** What stands in the words themselves: two people of one name are told apart by what else is on their rows. */
const PLAIN = new Set(
  LANGS.flatMap((lang) => [
    ...leavesOf(messagesFor(lang)).map(({ text }) => text),
    ...allPieces().map(({ id }) => pieceWords(lang, id).title),
  ]),
);

it('has no two rows or buttons on a card that are called by the same words and do another thing', async () => {
  const cards = new Map(samples().map(({ name, lang, card }) => [`${name}, ${lang}`, card]));
  expect(
    await faultsOf([...cards.keys()], (name) => {
      const byTitle = new Map<string, Set<string>>();
      for (const { title, does } of actionsIn(cards.get(name))) {
        byTitle.set(title, (byTitle.get(title) ?? new Set()).add(does));
      }
      const alike = [...byTitle].filter(([title, does]) => does.size > 1 && PLAIN.has(title));
      expect(alike.map(([title]) => title)).toEqual([]);
    }),
  ).toEqual([]);
});

/** What is sent, and what an older Teams shows in its place. */
const INSIDE = ['data', 'fallback'];

type Named = { readonly title: string; readonly does: string };

function actionsIn(part: unknown): readonly Named[] {
  if (Array.isArray(part)) return part.flatMap(actionsIn);
  if (typeof part !== 'object' || part === null) return [];
  const { type, title, data, url, targetElements } = part as Readonly<Record<string, unknown>>;
  const own =
    typeof type === 'string' && type.startsWith('Action.') && type !== 'Action.ShowCard'
      ? [{ title: String(title ?? ''), does: JSON.stringify([data, url, targetElements]) }]
      : [];
  return [
    ...own,
    ...Object.entries(part).flatMap(([name, inner]) => (INSIDE.includes(name) ? [] : actionsIn(inner))),
  ];
}
