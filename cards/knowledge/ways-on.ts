import { type Button, fitsButton } from '../actions.js';

/** A way on whose name may be long: a line of its own, pressed as a whole. */
export type Way = { readonly name: string; readonly press: Button };
/** The ways on from a card: what is too long for a button as lines above the buttons. */
export type WaysOn = { readonly ways: readonly Way[]; readonly buttons: readonly Button[] };

/**
 * Titles and questions say what they lead to in as many words as that takes, and a button on a phone shows the first of
 * them and three dots. A shorter name for each would be a second name for the same thing; cutting at a colon leaves what
 * tells nothing.
 */
export function waysOnOf(all: readonly Button[]): WaysOn {
  const ways = all.filter((one) => !fitsButton(one));
  return {
    ways: ways.map((press) => ({ name: String(press.title), press })),
    buttons: all.filter(fitsButton),
  };
}
