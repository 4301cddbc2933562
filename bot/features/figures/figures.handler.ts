import { figuresCard } from '../../../cards/figures/figures.card.js';
import { type Day, dayOf, plus } from '../../domain/calendar.js';
import { FIGURES_MONTHS } from '../../domain/retention-periods.js';
import { show, type VerbHandlers } from '../../reply.js';
import type { Figures } from '../../store/figures.js';
import { shownOf } from './figures.rules.js';

export type FiguresDeps = {
  readonly figures: Figures;
  readonly zone: string;
};
export type FiguresFeature = VerbHandlers<'figures.show'>;

/** What an organisation does with the bot, in numbers: for HR alone, which the router sees to, and never who. */
export function createFigures({ figures, zone }: FiguresDeps): FiguresFeature {
  return {
    'figures.show': async (turn) => {
      const months = monthsBefore(dayOf(turn.now, zone));
      const [newest = '', oldest = ''] = [months[0], months.at(-1)];
      const kept = await figures.between(turn.tenant, oldest, newest);
      const shown = months.map((month) => shownOf(month, kept.find((one) => one.month === month) ?? null));
      return show(figuresCard(turn.lang, shown));
    },
  };
}

/** The months that are over, the newest first. */
function monthsBefore(today: Day): readonly string[] {
  return Array.from({ length: FIGURES_MONTHS }, (_, at) =>
    plus(`${today.slice(0, 7)}-01`, { months: -at - 1 }).slice(0, 7),
  );
}
