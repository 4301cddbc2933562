import { figuresCard } from '../../../cards/figures/figures.card.js';
import { type Day, dayOf, plus } from '../../domain/calendar.js';
import { FIGURES_MONTHS } from '../../domain/retention-periods.js';
import { show, type VerbHandlers } from '../../reply.js';
import type { Figures } from '../../store/figures.js';
import type { Scans } from '../../store/scans.js';
import { shownOf } from './figures.rules.js';
import { scanFiguresOf } from './scan-figures.rules.js';

export type FiguresDeps = {
  readonly figures: Figures;
  readonly scans: Pick<Scans, 'ofTenant'>;
  readonly zone: string;
};
export type FiguresFeature = VerbHandlers<'figures.show'>;

/** What an organisation does with the bot, in numbers: for HR alone, which the router sees to, and never who. */
export function createFigures({ figures, scans, zone }: FiguresDeps): FiguresFeature {
  return {
    'figures.show': async (turn) => {
      const months = monthsBefore(dayOf(turn.now, zone));
      const [newest = '', oldest = ''] = [months[0], months.at(-1)];
      const [kept, own] = await Promise.all([
        figures.between(turn.tenant, oldest, newest),
        scans.ofTenant(turn.tenant),
      ]);
      const shown = months.map((month) => shownOf(month, kept.find((one) => one.month === month) ?? null));
      return show(figuresCard(turn.lang, shown, scanFiguresOf(own.scans, turn.now, zone)));
    },
  };
}

/** The months that are over, the newest first. */
function monthsBefore(today: Day): readonly string[] {
  return Array.from({ length: FIGURES_MONTHS }, (_, at) =>
    plus(`${today.slice(0, 7)}-01`, { months: -at - 1 }).slice(0, 7),
  );
}
