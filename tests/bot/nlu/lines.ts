import { readFileSync } from 'node:fs';
import type { Intent } from '../../../bot/nlu/intents/intent.js';

/** A line of a .tsv in a folder beside this file: what somebody types, and what it should be understood as. */
export interface Line {
  readonly intent: Intent;
  readonly lang: 'nl' | 'en';
  readonly text: string;
}

/** The lines of a .tsv in a folder beside this file (intent, lang, text); lines that start with # are left out. */
export function readLines(file: string): readonly Line[] {
  return readTexts(file)
    .filter((line) => !line.startsWith('#'))
    .map((line) => {
      const [intent, lang, text] = line.split('\t');
      return { intent, lang, text } as Line;
    });
}

/** The lines of a .txt in a folder beside this file, one text each. */
export function readTexts(file: string): readonly string[] {
  const content = readFileSync(new URL(file, import.meta.url), 'utf8');
  return content.split('\n').filter((line) => line !== '');
}

/** What somebody types and the pieces of knowledge that answer it. */
export interface PieceLine {
  readonly lang: 'nl' | 'en';
  readonly pieces: readonly string[];
  readonly text: string;
}

/** The lines of a .tsv in a folder beside this file (lang, pieces with commas, text). */
export function readPieceLines(file: string): readonly PieceLine[] {
  return readTexts(file)
    .filter((line) => !line.startsWith('#'))
    .map((line) => {
      const [lang, pieces = '', text] = line.split('\t');
      return { lang, pieces: pieces.split(','), text } as PieceLine;
    });
}
