import { readScanCode } from '../../domain/scan.js';

/** "scan ABCDE", as the text to forward has it, and what people make of it: "teamscan: abcde", "code ABCDE". */
const SAID = /^\s*(?:(?:team\s?)?scan(?:\s?code)?|code)\s*[:=]?\s+([a-z]{5})\s*[.!]?\s*$/i;

/** The code of a team scan that a text names and says nothing beside; null for any other text. */
export function scanCodeSaid(text: string): string | null {
  // No such text is longer: the rest is not looked at.
  const [, code] = text.length > 60 ? [] : (SAID.exec(text) ?? []);
  return code === undefined ? null : readScanCode(code);
}
