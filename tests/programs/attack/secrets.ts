/** A person, by tenant and Entra object id: `tenant|person`. */
export type PersonKey = string;

/**
 * Words and ids that give away whose they are. Each word is typed or called once in a whole attack, so wherever it
 * turns up it is known whose it is, and who has business with it.
 */
export type Secrets = {
  /** A word that stands in no card of its own accord, and that only its owner may see as yet; nobody without one. */
  word(owner?: PersonKey): string;
  /** The same for an id that is there already. */
  keep(id: string, owners: readonly PersonKey[]): void;
  /** Everything secret in a text is these people's business, too, from now on. */
  share(text: string, readers: readonly PersonKey[]): void;
  /** What somebody typed themselves they know, wherever they had it from: an echo tells them nothing. */
  typed(text: string, by: PersonKey): void;
  /** What one person may see, another may see as well: of a handover. */
  shareAllOf(owner: PersonKey, reader: PersonKey): void;
  /** Remembers that somebody was shown what stands in a text; whether they were ever shown all of it. */
  show(reader: PersonKey, text: string): void;
  hasSeen(reader: PersonKey, text: string): boolean;
  /** What stands in a text that is no business of its reader. */
  leaksTo(reader: PersonKey, text: string): string[];
  /** All that stands in a text, whoever may see it. */
  in(text: string): string[];
};

const CONSONANTS = 'bdfgklmnprstvz';
const VOWELS = 'aeiou';
const SYLLABLES = 4;
/** What a word looks like: no word of either language does, and a name may. */
const WORD = /xy(?:[bdfgklmnprstvz][aeiou]){4}qa/gi;
const GUID = /[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}/gi;
/** Ids of users and of conversations, as Teams makes them. */
const TEAMS_ID = /(?:29|a):1[A-Za-z0-9_-]{80,}/g;

export function openSecrets(): Secrets {
  const readersOf = new Map<string, Set<PersonKey>>();
  const shown = new Set<string>();
  let words = 0;
  const found = (text: string): string[] => {
    const all = [WORD, GUID, TEAMS_ID].flatMap((pattern) => text.match(pattern) ?? []);
    return [...new Set(all.map(normal))].filter((one) => readersOf.has(one));
  };
  const tenantOf = (person: PersonKey) => person.split('|')[0];
  const add = (secret: string, readers: readonly PersonKey[]) => {
    const known = readersOf.get(secret) ?? new Set();
    readersOf.set(secret, known);
    const tenants = new Set([...(known.size === 0 ? readers : known)].map(tenantOf));
    // Nothing that anybody does makes something another organisation's business.
    for (const one of readers) if (tenants.has(tenantOf(one))) known.add(one);
  };
  return {
    word(owner) {
      words += 1;
      const word = wordOf(words);
      add(word, owner === undefined ? [] : [owner]);
      return `${word.charAt(0).toUpperCase()}${word.slice(1)}`;
    },
    keep: (id, owners) => add(normal(id), owners),
    share(text, readers) {
      for (const secret of found(text)) add(secret, readers);
    },
    typed(text, by) {
      for (const secret of found(text)) readersOf.get(secret)?.add(by);
    },
    shareAllOf(owner, reader) {
      for (const [secret, readers] of readersOf) if (readers.has(owner)) add(secret, [reader]);
    },
    show(reader, text) {
      for (const secret of found(text)) shown.add(`${reader} ${secret}`);
    },
    hasSeen: (reader, text) => found(text).every((secret) => shown.has(`${reader} ${secret}`)),
    leaksTo: (reader, text) => found(text).filter((secret) => readersOf.get(secret)?.has(reader) !== true),
    in: found,
  };
}

/** Ids of Teams differ by upper and lower case, the others do not. */
function normal(secret: string): string {
  return secret.includes(':') ? secret : secret.toLowerCase();
}

/** Another word for each number, spread out so that no two look alike. */
function wordOf(number: number): string {
  let left = (number * 6_700_417) % (CONSONANTS.length * VOWELS.length) ** SYLLABLES;
  let middle = '';
  for (let at = 0; at < SYLLABLES; at += 1) {
    const consonant = CONSONANTS[left % CONSONANTS.length] ?? '';
    left = Math.floor(left / CONSONANTS.length);
    middle += `${consonant}${VOWELS[left % VOWELS.length] ?? ''}`;
    left = Math.floor(left / VOWELS.length);
  }
  return `xy${middle}qa`;
}
