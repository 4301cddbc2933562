import { type Lang, LOCALES } from './content/words.js';

/** Whole euros: `€ 5.408.000`, `€5,408,000`. */
export function euros(lang: Lang, amount: number): string {
  const style = { style: 'currency', currency: 'EUR', maximumFractionDigits: 0 } as const;
  return new Intl.NumberFormat(LOCALES[lang], style).format(amount);
}

/** `1.000`, `1,000`. */
export function whole(lang: Lang, value: number): string {
  return new Intl.NumberFormat(LOCALES[lang], { maximumFractionDigits: 0 }).format(value);
}

/** `5,2`, `5.2`; at most four decimals. */
export function decimal(lang: Lang, value: number): string {
  return new Intl.NumberFormat(LOCALES[lang], { maximumFractionDigits: 4 }).format(value);
}
