import { type Button, button } from '../actions.js';
import { handleButtons } from '../agreement/agreement.card.js';
import { type AgreementView, changeSubjects, openRequest } from '../agreement/agreement-view.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { plain } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './answered.template.json' with { type: 'json' };

const fillTemplate = template<{
  title: string;
  subjects: string;
  note: string;
  next: string;
  buttons: Button[];
}>(json);

/** To the manager: what the employee answered. */
export function answeredCard(lang: Lang, agreement: AgreementView): Card {
  const words = wordsIn(lang).about;
  const asked = openRequest(agreement);
  const name = plain(agreement.memberName);
  const title = fill(lang, asked === null ? words.managerConfirmed : words.managerChange, { name });
  return fillTemplate(lang, title, {
    title,
    subjects:
      asked === null ? '' : fill(lang, words.managerChangeText, { subjects: changeSubjects(lang, asked) }),
    note:
      asked === null || asked.note === ''
        ? ''
        : fill(lang, words.managerChangeNote, { note: plain(asked.note) }),
    next: asked === null ? '' : fill(lang, words.managerChangeNext, { name }),
    buttons: [
      button(lang, 'agreement.show', wordsIn(lang).agreement.view, { id: agreement.id }),
      ...handleButtons(lang, agreement),
    ],
  });
}
