import { button } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './delete.template.json' with { type: 'json' };
import { type MomentView, whenLine } from './moment-view.js';

const fillTemplate = template<Record<string, unknown>>(json);

/** Asks whether a moment is to go: it cannot be brought back. */
export function deleteMomentCard(lang: Lang, moment: MomentView): Card {
  const { moments: words } = messagesFor(lang);
  const { id, version, kind, memberName } = moment;
  const title = format(lang, words.deleteTitle, {
    kind: words.kinds[kind],
    name: escapeMarkdown(memberName),
  });
  return fillTemplate(lang, title, {
    title,
    when: whenLine(lang, moment),
    text: words.deleteText,
    buttons: [
      button(lang, 'moments.delete', words.deleteSure, { id, version }),
      button(lang, 'moments.show', words.deleteKeep, { id }),
    ],
  });
}
