import { z } from 'zod';
import { CHARACTERISTICS, type Characteristic } from '../../cards/content/characteristics.js';

/** From not good to good. */
export const FIGURES = [1, 2, 3, 4, 5] as const;
/** In the place of a figure: no opinion. */
const NO_OPINION = 0;
/** So many characteristics somebody may name as what needs improvement first. */
export const MOST_TOP = 3;

/**
 * What one person sends: for each characteristic, in their order, a figure from 1 to 5 or 0 for no opinion, and what
 * needs improvement first. It exists for the length of one turn.
 */
export type Ballot = { readonly figures: readonly number[]; readonly top: readonly Characteristic[] };

const counts = z.array(z.number().int().min(0));
const tallySchema = z.object({
  /** How many people have answered. */
  ballots: z.number().int().min(0),
  /** For each characteristic how often there was no opinion, and each figure. */
  figures: z.array(counts.length(FIGURES.length + 1)).length(CHARACTERISTICS.length),
  /** How often each was named as what needs improvement first. */
  top: counts.length(CHARACTERISTICS.length),
});
/** What all ballots come to, and nothing that tells one from another. */
export type Tally = z.infer<typeof tallySchema>;

export const boxSchema = z.object({ answered: z.array(z.string()), tally: tallySchema });
/**
 * A ballot box: who has answered, by Entra object id in the order of the alphabet, so that the order in which they came
 * is not in it, and the tally. The two change together or not at all.
 */
export type Box = z.infer<typeof boxSchema>;

export const EMPTY_BOX: Box = {
  answered: [],
  tally: {
    ballots: 0,
    figures: CHARACTERISTICS.map(() => [0, 0, 0, 0, 0, 0]),
    top: CHARACTERISTICS.map(() => 0),
  },
};

/** Whether a ballot is one: complete, with no other figures than there are, and at most three different ones on top. */
export function isBallot({ figures, top }: Ballot): boolean {
  return (
    figures.length === CHARACTERISTICS.length &&
    figures.every((figure) => Number.isInteger(figure) && figure >= NO_OPINION && figure <= FIGURES.length) &&
    top.length <= MOST_TOP &&
    new Set(top).size === top.length &&
    top.every((one) => CHARACTERISTICS.includes(one))
  );
}

/** The box with one more ballot in it; the very same box when this person has answered: the first ballot counts. */
export function withBallot(box: Box, person: string, ballot: Ballot): Box {
  if (!isBallot(ballot)) throw new RangeError('not a ballot');
  if (box.answered.includes(person)) return box;
  const { ballots, figures, top } = box.tally;
  return {
    answered: [...box.answered, person].sort(),
    tally: {
      ballots: ballots + 1,
      figures: figures.map((row, at) =>
        row.map((count, one) => count + (ballot.figures[at] === one ? 1 : 0)),
      ),
      top: top.map((count, at) => count + (ballot.top.some((one) => one === CHARACTERISTICS[at]) ? 1 : 0)),
    },
  };
}
