import type { Scan } from '../../../../bot/domain/scan.js';
import { LEAST_ANSWERS, outcomeOf } from '../../../../bot/domain/scan-outcome.js';
import { type Box, EMPTY_BOX, FIGURES, MOST_TOP, withBallot } from '../../../../bot/domain/scan-tally.js';
import { CHARACTERISTICS } from '../../../../cards/content/characteristics.js';
import { LANGS, messagesFor } from '../../../../cards/content/words.js';
import { partsOf } from '../../../support/teams/teams-card.js';
import type { Done } from '../acts.js';
import type { KnownAnswers } from '../known-scans.js';
import type { World } from '../world.js';

/**
 * A scan counts each once and tells of nobody: the tally of an open one sums, for each characteristic, to the number of
 * those who have answered; whoever was told that their answers are in is among these, and nobody who was not asked, who
 * started it or who sent nothing is. Before it closes there is no outcome, and the box looks the same whatever is in it;
 * afterwards there is no box.
 */
export async function aScanCountsEachOnce(world: World): Promise<void> {
  const boxes = new Map<string, string>();
  const { scans: rows = [] } = await world.dump();
  for (const { partitionKey, rowKey, sealed } of rows) {
    const [kind, code] = String(rowKey).split('|');
    if (kind === 'box') boxes.set(`${partitionKey}|${code}`, String(sealed ?? ''));
  }
  for await (const { record: scan } of world.stores.scans.all()) {
    const place = `${scan.tenant}|${scan.id}`;
    const sealed = boxes.get(place) ?? '';
    const known = world.scans.of(scan.tenant, scan.id);
    const faults =
      scan.status === 'open' ? openFaults(world, scan, sealed, known) : closedFaults(scan, sealed, known);
    for (const fault of faults)
      world.found('a scan counts each once and tells of nobody', `${fault}, ${scan.status}`);
  }
}

function openFaults({ seal }: World, scan: Scan, sealed: string, known: KnownAnswers): readonly string[] {
  const box = seal.open(scan, sealed);
  if (box === null) return ['the box cannot be opened'];
  const { answered, tally } = box;
  const wrongSums = tally.figures.filter((row) => sum(row) !== answered.length);
  // Whoever takes a scan over from one who leaves may have answered it before.
  const forged = answered.filter((person) =>
    person === scan.manager ? !known.told.has(person) : !scan.asked.includes(person),
  );
  const lost = [...known.told].filter((person) => !answered.includes(person));
  return [
    ...(scan.outcome === null ? [] : ['there is an outcome before it closed']),
    ...(sealed.length === seal.seal(scan, EMPTY_BOX).length ? [] : ['the box has another length']),
    ...(tally.ballots === answered.length ? [] : ['the ballots are not as many as who answered']),
    ...(new Set(answered).size === answered.length ? [] : ['somebody is counted twice']),
    ...(wrongSums.length === 0 ? [] : [`${wrongSums.length} rows of the tally do not sum to who answered`]),
    ...(sum(tally.top) <= MOST_TOP * answered.length ? [] : ['more was named first than people may name']),
    ...(forged.length === 0 ? [] : [`${forged.length} who may not answer are counted`]),
    ...(lost.length === 0 ? [] : [`${lost.length} who were told so are not counted`]),
    ...answered.flatMap((person) => (known.sent.has(person) ? [] : ['somebody is counted who sent nothing'])),
    ...unsentFigures(box, known),
  ];
}

/** A figure cannot have been given more often than by those who ever sent it. */
function unsentFigures({ answered, tally }: Box, { sent }: KnownAnswers): readonly string[] {
  return CHARACTERISTICS.flatMap((_, at) =>
    [0, ...FIGURES].flatMap((figure) => {
      const may = answered.filter((person) =>
        [...(sent.get(person) ?? [])].some((answers) => answers.charAt(at) === String(figure)),
      );
      return (tally.figures[at]?.[figure] ?? 0) > may.length ? ['a figure is counted that nobody sent'] : [];
    }),
  );
}

function closedFaults(scan: Scan, sealed: string, { told, sent }: KnownAnswers): readonly string[] {
  const { outcome } = scan;
  const count = outcome?.answered ?? 0;
  return [
    ...(sealed === '' ? [] : ['there is a box after it closed']),
    ...((outcome !== null) === (scan.status === 'closed')
      ? []
      : ['it has an outcome and was dropped, or has none']),
    ...(outcome === null && told.size >= LEAST_ANSWERS ? ['it was dropped with enough answers'] : []),
    ...(outcome !== null && count < LEAST_ANSWERS ? [`there is an outcome of ${count} answers`] : []),
    ...(outcome !== null && (count < told.size || count > sent.size)
      ? ['it counts more or fewer than answered']
      : []),
    ...(outcome !== null && isCertain(told, sent) && !isOutcomeOf(scan, sent)
      ? ['the outcome is of other answers']
      : []),
  ];
}

/** Whoever sent anything was told that it came, and sent one thing alone: then all figures are known. */
function isCertain(told: KnownAnswers['told'], sent: KnownAnswers['sent']): boolean {
  return [...sent].every(([person, answers]) => told.has(person) && answers.size === 1);
}

/** Of the figures: what was named first is not looked at. */
function isOutcomeOf({ outcome }: Scan, sent: KnownAnswers['sent']): boolean {
  const box = [...sent].reduce((kept, [person, [answers = '']]) => {
    const figures = [...answers].map(Number);
    return withBallot(kept, person, { figures, top: [] });
  }, EMPTY_BOX);
  const figuresIn = (one: Scan['outcome']) => one?.rows.map(({ id, mean, groups }) => ({ id, mean, groups }));
  return JSON.stringify(figuresIn(outcomeOf(box.tally))) === JSON.stringify(figuresIn(outcome));
}

/** Nobody is shown anything of an outcome while people can still answer, whatever they press. */
export async function nothingBeforeItCloses(world: World, done: readonly Done[]): Promise<void> {
  for (const { actor, sent, cards } of done) {
    const code = String(sent?.data.id ?? '');
    if (!sent?.verb.startsWith('scan.') || !cards.some(hasOutcome)) continue;
    const found = await world.stores.scans.get(actor.person.tenantId, code);
    if (found?.record.status === 'open')
      world.found(
        'a scan counts each once and tells of nobody',
        `${sent.verb} shows figures of an open scan`,
      );
  }
}

const MEANS = LANGS.map((lang) => messagesFor(lang).scan.outcome.mean.split('{mean}')[0] ?? '');

function hasOutcome(card: Done['cards'][number]): boolean {
  return partsOf(card).some(({ text }) => MEANS.some((mean) => String(text).startsWith(mean)));
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, one) => total + one, 0);
}
