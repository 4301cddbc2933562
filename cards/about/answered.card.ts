import { type Button, button } from '../actions.js';
import { changeSubjects } from '../agreement/agreement.card.js';
import type { AgreementView } from '../agreement/agreement-view.js';
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
  const asked = agreement.answer === 'change-asked';
  const name = plain(agreement.memberName);
  const title = fill(lang, asked ? words.managerChange : words.managerConfirmed, { name });
  const [subjects = '', note = ''] = (agreement.changeAsked ?? '').split('|', 2);
  return fillTemplate(lang, title, {
    title,
    subjects: asked ? fill(lang, words.managerChangeText, { subjects: changeSubjects(lang, subjects) }) : '',
    note: asked && note !== '' ? fill(lang, words.managerChangeNote, { note: plain(note) }) : '',
    next: asked ? words.managerChangeNext : '',
    buttons: [button(lang, 'agreement.show', wordsIn(lang).agreement.view, { id: agreement.id })],
  });
}
