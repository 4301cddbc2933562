import { guideOf, type SourceRef, sourceById } from './content/sources.js';
import { format, type Lang, messagesFor } from './content/words.js';

/**
 * The line under a piece of guidance that says where it comes from, by a source or the id of one. Titles of
 * Dutch guides stay Dutch, since a reader finds them by no other name; laws and sections are named in the language.
 */
export function sourceLine(lang: Lang, source: SourceRef | string): string {
  const ref = typeof source === 'string' ? sourceById(source) : source;
  const guide = guideOf(ref);
  const { title, by } = lang === 'en' ? { ...guide, ...guide.english } : guide;
  return format(lang, messagesFor(lang).conversation.ui.source, {
    title,
    year: guide.year ?? by,
    section: lang === 'en' ? (ref.english ?? ref.section) : ref.section,
  });
}
