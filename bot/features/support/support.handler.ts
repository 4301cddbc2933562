import { sayingsIn } from '../../../cards/content/said.js';
import type { Lang } from '../../../cards/content/words.js';
import { crisisCard, HELP_TOPICS } from '../../../cards/crisis/crisis.card.js';
import { ownPeopleCard } from '../../../cards/support/own-people.card.js';
import { supportCard } from '../../../cards/support/support.card.js';
import { saidOf } from '../../nlu/entities/names.js';
import { speaksOfDeath } from '../../nlu/life-events.js';
import { show, showBeside, type TurnHandler, type VerbHandlers } from '../../reply.js';
import type { OrganisationSettings } from '../../services/organisation-settings.js';

export type Support = VerbHandlers<'support.show' | 'support.own' | 'crisis.show'> & {
  readonly open: TurnHandler;
  readonly crisis: TurnHandler;
  /** Whether a text asks who somebody to turn to is, or how to reach them: no question about what they do. */
  readonly isAskedFor: (text: string, lang: Lang) => boolean;
};

/** Whoever tells more asks more than for a number. */
const MOST_WORDS = 9;

function isShort(text: string): boolean {
  return text.trim().split(/\s+/u).length <= MOST_WORDS;
}

/**
 * Somebody to talk to. Writes nothing: who looks for help leaves no trace. What HR filled in is there when it is
 * known or comes at once; the rest never waits for it.
 */
export function createSupport(organisationSettings: Pick<OrganisationSettings, 'of'>): Support {
  const open: TurnHandler = async (turn) => {
    const { contacts } = await organisationSettings.of(turn.tenant);
    const text = turn.said.kind === 'text' ? turn.said.text : '';
    const grief = speaksOfDeath(text, turn.lang);
    const asked = saidOf(text, sayingsIn(turn.lang).contacts);
    return show(supportCard(turn.lang, contacts, { grief, asked }));
  };
  return {
    open,
    isAskedFor: (text, lang) => {
      const { contacts, contactWishes } = sayingsIn(lang);
      return saidOf(text, contactWishes) !== null && saidOf(text, contacts) !== null && isShort(text);
    },
    crisis: async (turn) => show(crisisCard(turn.lang)),
    'crisis.show': async (turn) => {
      const { topic, spoken, beside } = turn.data;
      const card = crisisCard(spoken ?? turn.lang, HELP_TOPICS[topic]);
      return beside ? showBeside(card) : show(card);
    },
    'support.show': open,
    'support.own': async (turn) => {
      const { contacts } = await organisationSettings.of(turn.tenant);
      return show(ownPeopleCard(turn.lang, contacts, turn.data.page));
    },
  };
}
