import guides from './guides.json' with { type: 'json' };
import sources from './sources.json' with { type: 'json' };

export type GuideId = keyof typeof guides;
/** Where a piece of guidance comes from: a guide or a law, and the section as a reader finds it there. */
export type SourceRef = {
  readonly guide: string;
  readonly section: string;
  /** The section in English words, on cards in English. */
  readonly english?: string;
  /**
   * A stored copy of a public page with which what we say of the law was compared. Shown to nobody: most are pages about
   * a law, older than today, and a reader is led to the law itself.
   */
  readonly comparedWith?: string;
};
export type Guide = {
  readonly title: string;
  readonly by: string;
  readonly year: number | null;
  /** How an English writer names it; absent where it is a book, which keeps its title. */
  readonly english?: { readonly title: string; readonly by: string };
};

export const GUIDE_IDS = Object.keys(guides) as GuideId[];

/** Throws RangeError for a guide that is not there: a slip in the content, which its check names. */
export function guideOf({ guide }: SourceRef): Guide {
  const found = Object.hasOwn(guides, guide) ? guides[guide as GuideId] : undefined;
  if (found === undefined) throw new RangeError(`no guide ${guide}`);
  return found;
}

/** A source that several words name by its id. Throws RangeError for an id that is not there. */
export function sourceById(id: string): SourceRef {
  const found = Object.hasOwn(sources, id) ? sources[id as keyof typeof sources] : undefined;
  if (found === undefined) throw new RangeError(`no source ${id}`);
  return found;
}
