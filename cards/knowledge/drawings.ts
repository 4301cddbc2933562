import { type Lang, messagesFor } from '../content/words.js';
import { template } from '../render.js';
import jdrJson from './jdr.template.json' with { type: 'json' };
import karasekJson from './karasek.template.json' with { type: 'json' };

type Words = ReturnType<typeof messagesFor>['drawings'];
type Karasek = Words['karasek'];
const fillKarasek = template<Omit<Karasek, 'quadrants'> & Karasek['quadrants']>(karasekJson);
const fillJdr = template<Words['jdr']>(jdrJson);

/** How a drawing is read, in words; empty where a piece has none. */
export function drawingInWords(lang: Lang, picture: string | undefined): string {
  const { karasek, jdr } = messagesFor(lang).drawings;
  return picture === 'karasek' ? karasek.alt : picture === 'jdr' ? jdr.alt : '';
}

/**
 * The elements that draw a model; none where a piece has no drawing. Shapes of the card rather than an image:
 * they follow the reader's theme, letter size and screen reader, and need no address that Teams can fetch.
 */
export function drawing(lang: Lang, picture: string | undefined): unknown[] {
  const { karasek, jdr } = messagesFor(lang).drawings;
  switch (picture) {
    case 'karasek': {
      const { quadrants, ...axes } = karasek;
      return [...fillKarasek(lang, karasek.alt, { ...axes, ...quadrants }).body];
    }
    case 'jdr':
      return [...fillJdr(lang, jdr.alt, jdr).body];
    default:
      return [];
  }
}
