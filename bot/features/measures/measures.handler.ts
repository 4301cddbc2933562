import type { MeasureSearch } from '../../../cards/actions.js';
import { allMeasures } from '../../../cards/content/pieces.js';
import type { Lang } from '../../../cards/content/words.js';
import { finderCard } from '../../../cards/measures/finder.card.js';
import { foundCard } from '../../../cards/measures/found.card.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { measuresFor, readSearch } from './measures.rules.js';

export type Measures = VerbHandlers<'measures.open' | 'measures.find' | 'measures.page'> & {
  readonly open: TurnHandler;
};

const NOTHING_CHOSEN: MeasureSearch = { theme: '', level: '', effect: '' };

/** The finder of measures. What one looks for travels in the card. */
export function createMeasures(): Measures {
  const found = (lang: Lang, search: MeasureSearch, page: number): Reply =>
    show(foundCard(lang, { search, page, measures: measuresFor(allMeasures(), search) }));
  const read = (lang: Lang, typed: MeasureSearch, page: number): Reply => {
    const search = readSearch(typed);
    // A search for something else than was meant looks like an answer: it is asked for again.
    return search === null ? show(finderCard(lang, NOTHING_CHOSEN, true)) : found(lang, search, page);
  };
  return {
    open: async ({ lang }) => show(finderCard(lang, NOTHING_CHOSEN)),
    'measures.open': async ({ lang, data }) => show(finderCard(lang, data.search ?? NOTHING_CHOSEN)),
    'measures.find': async ({ lang, data }) => read(lang, data, data.page),
    'measures.page': async ({ lang, data: { page, search } }) => read(lang, search, page),
  };
}
