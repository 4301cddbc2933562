import { type Button, button, SITUATIONS, type Situation } from '../actions.js';
import { format, type Lang, messagesFor } from '../content/words.js';
import { escapeMarkdown } from '../plain.js';
import { type Card, template } from '../render.js';
import json from './round.template.json' with { type: 'json' };
import { situationWords } from './situation.js';

/** A sentence of one's own is at most this long: it is to be said, not read out. */
export const OWN_MAX = 300;

export type RoundData = {
  readonly situation: Situation;
  readonly round: number;
  /** As typed, where it came back. */
  readonly own: string;
  readonly problem: 'missing' | 'long' | null;
};

const fillTemplate = template<{
  title: string;
  does: string;
  saysTitle: string;
  says: string;
  choose: string;
  choices: { text: string; press: Button }[];
  ownLabel: string;
  ownHint: string;
  own: string;
  ownProblem: string;
  buttons: Button[];
}>(json);

/** What the other person does or says, and what one could say: to choose, or in one's own words. */
export function practiseRoundCard(lang: Lang, { situation, round, own, problem }: RoundData): Card {
  const { practise: words } = messagesFor(lang);
  const { title, rounds } = situationWords(lang, situation);
  const { does, says, choices } = roundOf(rounds, round);
  const problems = { missing: words.ownMissing, long: words.ownLong };
  const heading = format(lang, words.round, { title, n: round + 1, total: rounds.length });
  return fillTemplate(lang, `${heading}. ${does === '' ? says : does}`, {
    title: heading,
    does,
    saysTitle: words.otherSays,
    says,
    choose: words.choose,
    choices: turned([...choices.entries()], SITUATIONS.indexOf(situation) + round).map(
      ([choice, { say }]) => ({
        text: escapeMarkdown(say),
        press: button(lang, 'practise.choose', say, { situation, round, choice }, { withoutInputs: true }),
      }),
    ),
    ownLabel: format(lang, words.ownLabel, { max: OWN_MAX }),
    ownHint: words.ownHint,
    own,
    ownProblem: problem === null ? '' : format(lang, problems[problem], { max: OWN_MAX, count: own.length }),
    buttons: [
      button(lang, 'practise.say', words.ownSend, { situation, round }),
      button(lang, 'practise.start', words.other, {}, { withoutInputs: true }),
    ],
  });
}

/** The content has what helps most first: on the cards it stands in another place each time, the same for everybody. */
function turned<One>(all: readonly One[], by: number): readonly One[] {
  const at = all.length === 0 ? 0 : by % all.length;
  return [...all.slice(at), ...all.slice(0, at)];
}

/** The line with this number; the first where a card of another version has one that there is not. */
export function roundOf<Round>(rounds: readonly Round[], round: number): Round {
  const found = rounds[round] ?? rounds[0];
  if (found === undefined) throw new RangeError('a situation without lines');
  return found;
}
