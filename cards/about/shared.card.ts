import { type Button, button } from '../actions.js';
import { type AgreementView, agreementFacts, type Fact, itemLines } from '../agreement/agreement-view.js';
import { fill, type Lang, wordsIn } from '../content/words.js';
import { plain } from '../plain.js';
import { ownRemovalLine } from '../removal/removal-view.js';
import { type Card, template } from '../render.js';
import json from './shared.template.json' with { type: 'json' };

export type SharedCardData = {
  readonly agreement: AgreementView;
  /** Entra object id of whose record it is. */
  readonly manager: string;
  /** What just happened, empty when nothing did. */
  readonly notice: string;
};

const fillTemplate = template<{
  notice: string;
  title: string;
  intro: string;
  facts: Fact[];
  items: { what: string; details: string }[];
  removal: string;
  ask: string;
  buttons: Button[];
}>(json);

/** Everything that is on record, shown to the employee whom it is about, who can confirm or ask for a change. */
export function sharedCard(lang: Lang, data: SharedCardData): Card {
  const words = wordsIn(lang).about;
  const { agreement, manager } = data;
  const { id, version } = agreement;
  const title = titleOf(lang, agreement);
  const answered = agreement.answer === 'confirmed' || agreement.answer === 'change-asked';
  const askChange = button(lang, 'about.ask-change', words.askChange, { manager, id, version });
  return fillTemplate(lang, data.notice === '' ? title : data.notice, {
    notice: data.notice,
    title,
    intro: words.intro,
    facts: agreementFacts(lang, agreement, 'employee'),
    items: itemLines(lang, agreement, 'employee'),
    removal: agreement.removal === null ? '' : ownRemovalLine(lang, agreement.removal, agreement.managerName),
    ask: answered ? '' : words.ask,
    buttons: [
      ...(answered ? [] : [button(lang, 'about.confirm', words.confirm, { manager, id, version })]),
      askChange,
      removalButton(lang, agreement, manager),
    ],
  });
}

/** Asking for removal, or taking that back while there is no answer. */
function removalButton(lang: Lang, { id, removal }: AgreementView, manager: string): Button {
  const { removal: words } = wordsIn(lang);
  const waiting = removal !== null && removal.kept === null;
  return waiting
    ? button(lang, 'removal.withdraw', words.withdraw, { manager, id })
    : button(lang, 'removal.ask', words.ask, { manager, id });
}

function titleOf(lang: Lang, { movedFrom, managerName, version }: AgreementView): string {
  const { about: words, leaver } = wordsIn(lang);
  const manager = plain(managerName);
  if (movedFrom !== null) return fill(lang, leaver.movedTitle, { former: plain(movedFrom), manager });
  return fill(lang, version > 1 ? words.changedTitle : words.title, { manager });
}
