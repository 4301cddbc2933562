/** Ids in the shapes that Teams uses, the same ones again for the same seed. */
export interface TeamsIds {
  /** A tenant or Entra object id. */
  guid(): string;
  /** A user id, unique for each bot: `29:…`. */
  user(): string;
  /** A personal conversation: `a:…`. */
  conversation(): string;
  /** The id of a message: its instant in milliseconds, never the same twice. */
  message(at: number): string;
  /** The id of an activity that is no message: `f:…`. */
  event(): string;
}

const BASE64_URL = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_';
const HEX = '0123456789abcdef';

export function createTeamsIds(seed: number): TeamsIds {
  const next = randomNumbers(seed);
  const text = (alphabet: string, length: number) =>
    Array.from({ length }, () => alphabet[Math.floor(next() * alphabet.length)]).join('');
  let lastMessage = 0;
  return {
    guid: () =>
      `${text(HEX, 8)}-${text(HEX, 4)}-4${text(HEX, 3)}-${text('89ab', 1)}${text(HEX, 3)}-${text(HEX, 12)}`,
    user: () => `29:1${text(BASE64_URL, 86)}`,
    conversation: () => `a:1${text(BASE64_URL, 129)}`,
    message: (at) => {
      lastMessage = Math.max(lastMessage + 1, Math.floor(at));
      return String(lastMessage);
    },
    event: () => `f:${text(HEX, 8)}-${text(HEX, 4)}-${text(HEX, 4)}-${text(HEX, 12)}`,
  };
}

/** The mulberry32 generator: enough for ids, and repeatable, which Math.random is not. */
function randomNumbers(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
