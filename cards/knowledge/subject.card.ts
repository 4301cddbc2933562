import { type Button, button } from '../actions.js';
import type { Deed } from '../content/pieces.js';
import { piecesAbout, type Subject } from '../content/subjects.js';
import { type Lang, messagesFor } from '../content/words.js';
import { type Card, template } from '../render.js';
import { deedButton } from './deeds.js';
import { pieceRow, type Row, subjectWords } from './rows.js';
import json from './subject.template.json' with { type: 'json' };

const fillTemplate = template<{ about: string; title: string; rows: Row[]; buttons: Button[] }>(json);

/** What there is about one subject; the deed that most of its pieces lead to comes first. */
export function subjectCard(lang: Lang, subject: Subject): Card {
  const { knowledge, menu } = messagesFor(lang);
  const { name, about } = subjectWords(lang, subject);
  const pieces = piecesAbout(subject);
  const deed = mostCommon(pieces.flatMap((piece) => piece.do ?? [])) as Deed | null;
  return fillTemplate(lang, name, {
    about,
    title: name,
    rows: withoutCommonWords(pieces.map(({ id }) => pieceRow(lang, id))),
    buttons: [
      ...(deed === null ? [] : [deedButton(lang, deed)]),
      button(lang, 'knowledge.subjects', knowledge.allSubjects, {}),
      button(lang, 'menu.show', menu.menu, {}),
    ],
  });
}

/**
 * Rows without the words that most of them begin with ("Werk aanpassen: …"), under a title that says so already. As they are
 * where two would become one.
 */
function withoutCommonWords(rows: readonly Row[]): Row[] {
  const before = mostCommon(
    rows.flatMap(({ name }) => (name.includes(': ') ? [name.split(': ')[0] ?? ''] : [])),
  );
  const start = `${before}: `;
  const shared = rows.filter(({ name }) => name.startsWith(start));
  if (before === null || shared.length <= rows.length / 2) return [...rows];
  const short = rows.map((row) => {
    if (!row.name.startsWith(start)) return row;
    const rest = row.name.slice(start.length);
    return { ...row, name: `${rest.slice(0, 1).toUpperCase()}${rest.slice(1)}` };
  });
  return new Set(short.map(({ name }) => name)).size === short.length ? short : [...rows];
}

function mostCommon(values: readonly string[]): string | null {
  const counts = new Map<string, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  const [best] = [...counts].sort(([, one], [, other]) => other - one);
  return best?.[0] ?? null;
}
