/** A page of a long list; `page` counts from 0, `range` from 1, for the line "11 to 15 of 32". */
export type Page<Item> = {
  readonly shown: readonly Item[];
  readonly page: number;
  readonly lastPage: number;
  readonly range: { readonly from: number; readonly to: number; readonly total: number };
};

/** The page that was asked for, counted from 0; beyond the last the last one, and of no items an empty one. */
export function pageOf<Item>(items: readonly Item[], asked: number, perPage: number): Page<Item> {
  const total = items.length;
  const lastPage = Math.max(0, Math.ceil(total / perPage) - 1);
  const page = Math.min(asked, lastPage);
  const shown = items.slice(page * perPage, (page + 1) * perPage);
  const from = page * perPage + 1;
  return { shown, page, lastPage, range: { from, to: page * perPage + shown.length, total } };
}
