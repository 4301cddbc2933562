import sources from './content/sources.json' with { type: 'json' };
import { fill, type Lang, wordsIn } from './content/words.js';

export type SourceId = keyof typeof sources;

/** The line under a piece of guidance that says where it comes from. Titles of Dutch guides stay Dutch. */
export function sourceLine(lang: Lang, id: string): string {
  const source = sources[id as SourceId];
  const { title, by, section } = source;
  return fill(lang, wordsIn(lang).conversation.ui.source, { title, year: source.year ?? by, section });
}
