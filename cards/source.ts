import { guideOf, type SourceRef, sourceById } from './content/sources.js';
import { fill, type Lang, wordsIn } from './content/words.js';

/**
 * The line under a piece of guidance that says where it comes from, by a source or the id of one. Titles of
 * Dutch guides stay Dutch.
 */
export function sourceLine(lang: Lang, source: SourceRef | string): string {
  const ref = typeof source === 'string' ? sourceById(source) : source;
  const { title, by, year } = guideOf(ref);
  return fill(lang, wordsIn(lang).conversation.ui.source, { title, year: year ?? by, section: ref.section });
}
