import { ODD_TEXTS } from '../../security/odd-texts.js';
import type { Chance } from './chance.js';

/** Questions that change nothing: what is asked leaves no trace. */
export const LOOK_UPS = [
  'menu',
  'hoe begin ik het gesprek?',
  'welke signalen zijn er',
  'met wie kan ik praten',
  'wat zijn mijn rechten',
  'wat staat er over mij vast',
  'wat wordt er bewaard',
  'wat staat er open',
  'welke evaluaties staan er open',
  'koffie',
  'belangrijke momenten',
  'wat kost verzuim',
  'ik ben eenzaam',
  'instellingen',
  'aanpassingen op het werk',
  'dilemma',
  'maatregelen zoeken',
  'afspraak vastleggen',
  'how do I start the conversation',
  'what is recorded about me',
  'someone to talk to',
  'settings',
  'my overview',
  'asdf',
] as const;

/** What opens a form filled in with what was said, around a name. */
export const ABOUT_SOMEBODY = [
  (name: string) => `koffie met ${name}`,
  (name: string) => `elke week koffie met ${name}`,
  (name: string) => `${name} gaat op 1 maart met verlof tot 1 mei`,
  (name: string) => `afspraak vastleggen met ${name}`,
  (name: string) => `verzet de evaluatie met ${name} naar dinsdag`,
  (name: string) => `wat staat er open voor ${name}`,
  (name: string) => `coffee with ${name} every two weeks`,
] as const;

/** Plain words of danger: whoever says them gets 113 at once. */
export const DANGER = [
  'ik wil niet meer leven',
  'ik wil dood',
  'ik maak er een einde aan',
  'zelfmoord',
  'I want to kill myself',
] as const;

/** Words that cost a reader that does not look out much time, at a length that a message may have. */
const COSTLY: readonly ((length: number) => string)[] = [
  (length) => `verzet de evaluatie met Jan${'\n'.repeat(length)}naar dinsdag`,
  (length) => `Karin gaat met verlof${' '.repeat(length)}van 1 maart`,
  (length) => 'blorfen '.repeat(length / 8),
  (length) => 'z'.repeat(length),
  (length) => '1 '.repeat(length / 2),
  (length) => 'van 1 maart tot 1 mei '.repeat(length / 22),
  (length) => 'ik wil niet '.repeat(length / 12),
  (length) => `i k ${'w i l '.repeat(length / 6)}`,
  (length) => '\u00ad'.repeat(length),
  (length) => 'é\u0301'.repeat(length / 3),
  (length) => `${'('.repeat(length / 2)}${')'.repeat(length / 2)}`,
  (length) => '2027-01-12T'.repeat(length / 11),
  (length) => "zelf'".repeat(length / 5),
];
const LENGTHS = [200, 5_000, 28_000, 60_000] as const;

export function costlyText(chance: Chance): string {
  return chance.any(COSTLY)?.(chance.of(LENGTHS)) ?? '';
}

/** Something that nobody types by themselves. */
export function oddText(chance: Chance): string {
  return chance.any(ODD_TEXTS) ?? '';
}
