/** A button of the card itself: nothing is sent when it is pressed. */
export type Fold = {
  readonly type: 'Action.ToggleVisibility';
  readonly title: string;
  readonly targetElements: readonly string[];
};

/**
 * Shows the elements with these ids and hides them again (Action.ToggleVisibility, Adaptive Cards 1.2). What nearly
 * everybody needs stands on the card, the rest folds out: no request, no new message, and the reader stays where they are.
 */
export function fold(title: string, ...targetElements: readonly string[]): Fold {
  return { type: 'Action.ToggleVisibility', title, targetElements };
}
