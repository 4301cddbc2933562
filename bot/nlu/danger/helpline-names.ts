import helplines from '../content/helpline-names.json' with { type: 'json' };
import { withoutMarks } from '../text/tokens.js';

/** The longest first, so that nothing of a name stays behind; accents and capitals make no difference. */
const NAMES = [...helplines.names].sort((one, other) => other.length - one.length).map(bare);
const ANY_NAME = new RegExp(`(?<![\\p{L}\\d])(${NAMES.map(escaped).join('|')})(?![\\p{L}\\d])`, 'gu');

/**
 * A text without the names of helplines for suicide. HR fills in where people can turn to: that such a line exists is
 * no cry for help. What else stands in the field still counts as one.
 */
export function withoutHelplineNames(text: string): string {
  return bare(text).replace(ANY_NAME, ' ');
}

function bare(text: string): string {
  return withoutMarks(text, 'NFD').toLowerCase();
}

function escaped(name: string): string {
  return name.replace(/[.]/g, '\\.').replaceAll(' ', '\\s+');
}
