import { type Button, button } from '../actions.js';
import type { AgreementView } from '../agreement/agreement-view.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { plain } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './initiative.template.json' with { type: 'json' };

const fillTemplate = template<{ title: string; sentence: string; buttons: Button[]; why: string }>(json);

/** To the employee who takes the initiative: today is the day. `manager` is the id of whose record it is. */
export function initiativeCard(lang: Lang, agreement: AgreementView, manager: string): Card {
  const { evaluation: words, agreement: agreementWords } = wordsIn(lang);
  const name = plain(agreement.managerName);
  const title = fill(lang, words.initiativeTitle, { manager: name });
  return fillTemplate(lang, title, {
    title,
    sentence: fill(lang, words.initiativeText, { manager: name }),
    buttons: [button(lang, 'about.show', agreementWords.view, { manager, id: agreement.id })],
    why: words.initiativeWhy,
  });
}
