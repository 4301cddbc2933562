import type { CalendarFileContext, FileContext, ScanFileContext, Verb } from '../cards/actions.js';
import type { Card } from '../cards/render.js';
import type { FilePlace, Press, Turn } from './turn.js';

/**
 * What a feature answers. `card`: a card, in the place of the one that was pressed, or as a new message.
 * `beside`: a card as a message of its own; the one that was pressed stays as it is, with what was typed in it.
 * `offer`: a card likewise, and a message in which Teams asks whether a file may be put in the person's OneDrive; where
 * Teams takes no such message, `otherwise` comes in the place of both. `file`: a line, and a file that is there.
 * `told`: a line.
 * `refused`: nothing was changed and the card stays as it is, with what was typed in it. `nothing`: no answer.
 */
export type Reply =
  | { readonly kind: 'card'; readonly card: Card }
  | { readonly kind: 'beside'; readonly card: Card }
  | { readonly kind: 'offer'; readonly offer: FileOffer; readonly card: Card; readonly otherwise: Card }
  | { readonly kind: 'file'; readonly message: string; readonly file: SavedFile }
  | { readonly kind: 'told'; readonly message: string }
  | { readonly kind: 'refused'; readonly code: string; readonly message: string }
  | { readonly kind: 'nothing' };

/** A file that somebody may have put in their OneDrive; `sizeInBytes` is what Teams says of it beforehand. */
export type FileOffer = {
  readonly name: string;
  readonly description: string;
  readonly sizeInBytes: number;
  /** Comes back with the answer, from the client: no more than what is asked for. */
  readonly context: FileContext | CalendarFileContext | ScanFileContext;
};
/** A file in somebody's OneDrive, as Teams called it. */
export type SavedFile = Omit<FilePlace, 'uploadUrl'>;

export const NOTHING: Reply = { kind: 'nothing' };

export function show(card: Card): Reply {
  return { kind: 'card', card };
}

export function showBeside(card: Card): Reply {
  return { kind: 'beside', card };
}

export function refuse(code: string, message: string): Reply {
  return { kind: 'refused', code, message };
}

export function tell(message: string): Reply {
  return { kind: 'told', message };
}

/** The handlers of some verbs, each with its own payload. */
export type VerbHandlers<V extends Verb> = {
  readonly [Name in V]: (turn: Press<Name>) => Promise<Reply>;
};
export type TurnHandler = (turn: Turn) => Promise<Reply>;
