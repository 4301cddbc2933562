import { sayingsIn } from '../../../cards/content/said.js';
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
};

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
