import type { Situation } from '../../../cards/actions.js';
import { type Lang, messagesFor } from '../../../cards/content/words.js';
import { oneLine } from '../../../cards/plain.js';
import { practiseHeardCard } from '../../../cards/practise/heard.card.js';
import { OWN_MAX, practiseRoundCard, roundOf } from '../../../cards/practise/round.card.js';
import { situationWords } from '../../../cards/practise/situation.js';
import { practiseStartCard } from '../../../cards/practise/start.card.js';
import { show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { compare } from './practise.rules.js';

/** What was far too long comes back as far as a card has room for it. */
const GIVEN_BACK_MAX = 4_000;

export type Practise = VerbHandlers<
  'practise.start' | 'practise.open' | 'practise.choose' | 'practise.say'
> & { readonly open: TurnHandler };

/** A talk to practise, line by line. Where one is travels in the buttons: nothing of it is kept, and nothing is scored. */
export function createPractise(): Practise {
  const round = (lang: Lang, place: { readonly situation: Situation; readonly round: number }) =>
    show(practiseRoundCard(lang, { ...place, own: '', problem: null }));
  return {
    open: async ({ lang }) => show(practiseStartCard(lang)),
    'practise.start': async ({ lang }) => show(practiseStartCard(lang)),
    'practise.open': async ({ lang, data }) => round(lang, data),
    'practise.choose': async ({ lang, data: { situation, round: at, choice } }) => {
      const chosen = roundOf(situationWords(lang, situation).rounds, at).choices[choice];
      if (chosen === undefined) return round(lang, { situation, round: at });
      return show(
        practiseHeardCard(lang, { situation, round: at, said: chosen.say, effects: [chosen.effect] }),
      );
    },
    'practise.say': async ({ lang, data: { situation, round: at, own } }) => {
      const said = oneLine(own);
      if (said === '' || said.length > OWN_MAX) {
        const problem = said === '' ? 'missing' : 'long';
        return show(
          practiseRoundCard(lang, { situation, round: at, own: own.slice(0, GIVEN_BACK_MAX), problem }),
        );
      }
      return show(practiseHeardCard(lang, { situation, round: at, said, effects: effectsOf(said, lang) }));
    },
  };
}

/** What there is to say of a sentence of one's own, in the order in which the advice asks for it. */
function effectsOf(said: string, lang: Lang): readonly string[] {
  const { own: words } = messagesFor(lang).practise;
  const { seen, open, cause } = compare(said, lang);
  return [
    seen ? words.seen : words.notSeen,
    open ? words.open : words.notOpen,
    cause ? words.cause : words.noCause,
  ];
}
