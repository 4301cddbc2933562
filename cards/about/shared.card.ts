import { type Button, button } from '../actions.js';
import {
  type AgreementView,
  agreementFacts,
  type Fact,
  itemLines,
  openRequest,
  ownRequestLine,
} from '../agreement/agreement-view.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown } from '../plain.js';
import { ownRemovalLine } from '../removal/removal-view.js';
import { type Card, template } from '../render.js';
import json from './shared.template.json' with { type: 'json' };

export type SharedCardData = {
  readonly agreement: AgreementView;
  /** Entra object id of whose record it is. */
  readonly manager: string;
  /** The notice on top, of what just happened; empty for none. */
  readonly notice: string;
};

const fillTemplate = template<{
  notice: string;
  title: string;
  intro: string;
  facts: Fact[];
  items: { what: string; details: string }[];
  request: string;
  removal: string;
  ask: string;
  buttons: Button[];
}>(json);

/** Everything that is on record, shown to the employee whom it is about, who can confirm or ask for a change. */
export function sharedCard(lang: Lang, data: SharedCardData): Card {
  const words = messagesFor(lang).about;
  const { agreement, manager } = data;
  const { id, version } = agreement;
  const title = titleOf(lang, agreement);
  const waits = openRequest(agreement) !== null;
  const asks = !waits && agreement.answer !== 'confirmed';
  const confirmed = agreement.answer === 'confirmed';
  const confirm = waits ? words.withdraw : words.confirm;
  const askChange = waits ? words.editChange : words.askChange;
  return fillTemplate(lang, data.notice === '' ? title : data.notice, {
    notice: data.notice,
    title,
    intro: words.intro,
    facts: agreementFacts(lang, agreement, { reader: 'employee' }),
    items: itemLines(lang, agreement, { reader: 'employee' }),
    request: ownRequestLine(lang, agreement),
    removal:
      agreement.removal === null
        ? ''
        : ownRemovalLine(lang, agreement.removal, { managerName: agreement.managerName }),
    ask: asks ? words.ask : '',
    buttons: [
      ...(confirmed ? [] : [button(lang, 'about.confirm', confirm, { manager, id, version })]),
      button(lang, 'about.ask-change', askChange, { manager, id, version }),
      removalButton(lang, agreement, manager),
      button(lang, 'about.records', words.recordsButton, { page: 0 }),
    ],
  });
}

/** Asking for removal, or taking that back while there is no answer. */
function removalButton(lang: Lang, { id, removal }: AgreementView, manager: string): Button {
  const { removal: words } = messagesFor(lang);
  const waiting = removal !== null && removal.kept === null;
  return waiting
    ? button(lang, 'removal.withdraw', words.withdraw, { manager, id })
    : button(lang, 'removal.ask', words.ask, { manager, id });
}

function titleOf(
  lang: Lang,
  { movedFrom, managerName, version, changeAsked, status }: AgreementView,
): string {
  const { about: words, leaver } = messagesFor(lang);
  const manager = escapeMarkdown(managerName);
  if (movedFrom !== null)
    return format(lang, leaver.movedTitle, { former: escapeMarkdown(movedFrom), manager });
  if (changeAsked !== null && changeAsked.handledAt !== null)
    return format(lang, words.handledTitle, { manager });
  if (status === 'closed') return format(lang, words.closedTitle, { manager });
  if (changeAsked !== null && changeAsked.reply !== null)
    return format(lang, changeAsked.reply === 'proposed' ? words.proposedTitle : words.repliedTitle, {
      manager,
    });
  return format(lang, version > 1 ? words.changedTitle : words.title, { manager });
}
