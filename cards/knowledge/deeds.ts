import { type Button, button } from '../actions.js';
import type { Deed } from '../content/pieces.js';
import { type Lang, messagesFor } from '../content/words.js';

/** The button that does what a piece or a subject leads to; `title` where it is not the usual one. */
export function deedButton(lang: Lang, deed: Deed, title?: string): Button {
  const words = title ?? messagesFor(lang).knowledge.deeds[deed];
  switch (deed) {
    case 'conversation':
      return button(lang, 'conversation.part', words, { part: 'prepare' });
    case 'agreement':
      return button(lang, 'agreement.start', words, {});
    case 'signals':
      return button(lang, 'signals.open', words, {});
    case 'check':
      return button(lang, 'check.ask', words, { answers: '' });
    case 'support':
      return button(lang, 'support.show', words, {});
    case 'own-people':
      return button(lang, 'support.own', words, { page: 0 });
    case 'absence-weeks':
      return button(lang, 'absence.open', words, {});
    case 'costs':
      return button(lang, 'costs.open', words, {});
    case 'measures':
      return button(lang, 'measures.open', words, {});
    case 'settings':
      return button(lang, 'intent.open', words, { intent: 'settings' });
    case 'privacy':
      return button(lang, 'privacy.show', words, {});
    case 'team-scan':
      return button(lang, 'scan.open', words, {});
  }
}
