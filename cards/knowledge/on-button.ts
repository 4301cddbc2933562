const BUTTON_LETTERS = 40;
/** Shorter than this it names only for whom it is. */
const SHORTEST_NAME = 12;

/** A button shows some forty letters; of a longer title the part before the colon says what it is. */
export function onButton(title: string): string {
  const [name = title] = title.split(':');
  return title.length > BUTTON_LETTERS && name.length >= SHORTEST_NAME ? name : title;
}
