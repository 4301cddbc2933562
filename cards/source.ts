import { guideOf, type SourceRef, sourceById } from './content/sources.js';
import { format, type Lang, messagesFor } from './content/words.js';

/**
 * The line under a piece of guidance that says where it comes from, by a source or the id of one. Titles of
 * Dutch guides stay Dutch.
 */
export function sourceLine(lang: Lang, source: SourceRef | string): string {
  const ref = typeof source === 'string' ? sourceById(source) : source;
  const { title, by, year } = guideOf(ref);
  return format(lang, messagesFor(lang).conversation.ui.source, {
    title,
    year: year ?? by,
    section: ref.section,
  });
}
