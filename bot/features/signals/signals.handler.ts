import type { Payload, Ticks } from '../../../cards/actions.js';
import { checklistCard } from '../../../cards/signals/checklist.card.js';
import { SIGNAL_STEPS } from '../../../cards/signals/groups.js';
import { weighedCard } from '../../../cards/signals/weighed.card.js';
import { show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { readTicks, weigh } from './signals.rules.js';

export type Signals = VerbHandlers<'signals.open' | 'signals.step' | 'signals.weigh'> & {
  readonly open: TurnHandler;
};

/** The checklist of signals. It has no store: what is ticked is weighed within the turn and gone. */
export function createSignals(): Signals {
  return {
    open: async ({ lang }) => show(checklistCard(lang, { ticks: {}, step: 0 })),
    'signals.open': async ({ lang, data }) => show(checklistCard(lang, { ticks: data.ticks ?? {}, step: 0 })),
    'signals.step': async ({ lang, data }) => {
      const ticked = allTicked(data);
      const ticks = readTicks(ticked);
      return show(
        ticks === null
          ? checklistCard(lang, { ticks: ticked, step: data.shown ?? 0, unread: true })
          : checklistCard(lang, { ticks, step: data.to }),
      );
    },
    'signals.weigh': async ({ lang, data }) => {
      const ticked = allTicked(data);
      const ticks = readTicks(ticked);
      return show(
        ticks === null
          ? checklistCard(lang, { ticks: ticked, step: data.shown ?? 0, unread: true })
          : weighedCard(lang, weigh(ticks), ticks),
      );
    },
  };
}

/** What was ticked on the steps before, and on the one that was sent: a box that was emptied there is empty. */
function allTicked({
  ticks: before,
  shown,
  lang: _lang,
  digest: _digest,
  ...sent
}: Payload<'signals.weigh'>): Ticks {
  if (before === undefined || shown === undefined) return sent;
  const asked: readonly string[] = [
    ...(SIGNAL_STEPS[shown] ?? []),
    ...(shown === SIGNAL_STEPS.length - 1 ? ['since', 'changed'] : []),
  ];
  const here = Object.entries(sent).filter(([name]) => asked.includes(name));
  return { ...before, ...Object.fromEntries(here) };
}
