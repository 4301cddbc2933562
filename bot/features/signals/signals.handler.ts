import { checklistCard } from '../../../cards/signals/checklist.card.js';
import { weighedCard } from '../../../cards/signals/weighed.card.js';
import { show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { readTicks, weigh } from './signals.rules.js';

export type Signals = VerbHandlers<'signals.open' | 'signals.weigh'> & { readonly open: TurnHandler };

/** The checklist of signals. It has no store: what is ticked is weighed within the turn and gone. */
export function createSignals(): Signals {
  return {
    open: async ({ lang }) => show(checklistCard(lang, {})),
    'signals.open': async ({ lang, data }) => show(checklistCard(lang, data.ticks ?? {})),
    'signals.weigh': async ({ lang, data }) => {
      const { lang: _lang, digest: _digest, ...ticked } = data;
      const ticks = readTicks(ticked);
      return show(
        ticks === null ? checklistCard(lang, ticked, true) : weighedCard(lang, weigh(ticks), ticks),
      );
    },
  };
}
