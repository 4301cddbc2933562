import { type Button, button } from '../actions.js';
import type { AgreementView } from '../agreement/agreement-view.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { longDay } from '../dates.js';
import { plain } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './digest.template.json' with { type: 'json' };

/** One thing of the day, most urgent first. `manager` is the id of whose record it is. */
export type DigestItem = {
  readonly kind: 'evaluation' | 'landed' | 'evaluation-initiative';
  readonly agreement: AgreementView;
  readonly manager: string;
};

const fillTemplate = template<{
  title: string;
  count: string;
  items: { title: string; when: string; open: string; press: Button }[];
  why: string;
}>(json);

/** All that is due for one person, when it is more than one thing. */
export function digestCard(lang: Lang, items: readonly DigestItem[]): Card {
  const { digest: words } = wordsIn(lang);
  const count = fill(lang, words.count, { count: items.length });
  return fillTemplate(lang, `${words.title}. ${count}`, {
    title: words.title,
    count,
    items: items.map((item) => line(lang, item)),
    why: words.why,
  });
}

function line(lang: Lang, { kind, agreement, manager }: DigestItem) {
  const { digest: words } = wordsIn(lang);
  const { id } = agreement;
  const names = { name: plain(agreement.memberName), manager: plain(agreement.managerName) };
  switch (kind) {
    case 'evaluation':
      return {
        title: fill(lang, words.evaluation, names),
        when: fill(lang, words.evaluationDay, { day: longDay(lang, agreement.nextDay) }),
        open: words.open,
        press: button(lang, 'evaluation.open', words.open, { id }),
      };
    case 'landed':
      return {
        title: fill(lang, words.landed, names),
        when: fill(lang, words.landedDay, { day: longDay(lang, agreement.conversationDay) }),
        open: words.open,
        press: button(lang, 'landed.open', words.open, { id }),
      };
    case 'evaluation-initiative':
      return {
        title: fill(lang, words.initiative, names),
        when: fill(lang, words.evaluationDay, { day: longDay(lang, agreement.nextDay) }),
        open: words.open,
        press: button(lang, 'about.show', words.open, { manager, id }),
      };
  }
}
