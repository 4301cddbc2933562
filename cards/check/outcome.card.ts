import { type Button, button } from '../actions.js';
import { type Lang, messagesFor } from '../content/words.js';
import { pieceRow, type Row } from '../knowledge/rows.js';
import { type Card, template } from '../render.js';
import { sourceLine } from '../source.js';
import json from './outcome.template.json' with { type: 'json' };

const fillTemplate = template<{
  title: string;
  sentence: string;
  rows: Row[];
  buttons: Button[];
  source: string;
}>(json);

/** Which pieces the answers lead to, the one to begin with first. */
export function outcomeCard(lang: Lang, pieces: readonly string[]): Card {
  const { check, menu } = messagesFor(lang);
  return fillTemplate(lang, check.resultTitle, {
    title: check.resultTitle,
    sentence: pieces.length === 0 ? check.nothing : check.start,
    rows: pieces.map((id) => pieceRow(lang, id)),
    buttons: [
      button(lang, 'check.ask', check.again, { answers: '' }),
      button(lang, 'menu.show', menu.menu, {}, { secondary: true }),
    ],
    source: sourceLine(lang, check.source),
  });
}
