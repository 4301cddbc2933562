import type { LeavingTyped } from '../../../cards/actions.js';
import { asIds } from '../../../cards/choices.js';
import type { LeavingProblems } from '../../../cards/leaver/form.card.js';
import { oneLine } from '../../../cards/plain.js';
import { NAME_MAX } from '../../../cards/who/who-fields.js';
import { isEntraId } from '../../field-rules.js';
import { type Screen, screenName } from '../../screening.js';

/** The form as it is meant: ids as they are kept, the name on one line. */
export function asMeant({ leaver, what, successor, name }: LeavingTyped): LeavingTyped {
  return {
    leaver: leaver.trim().toLowerCase(),
    what: asIds(what, ({ leaver: words }) => words.what),
    successor: successor.trim().toLowerCase(),
    name: oneLine(name),
  };
}

/** What is wrong with the form, field by field; nothing when it can be done. */
export function problemsOf({ leaver, what, successor, name }: LeavingTyped, screen: Screen): LeavingProblems {
  const whoWrong: LeavingProblems = isEntraId(leaver) ? {} : { leaver: 'leaver' };
  if (what === 'delete') return successor === '' ? whoWrong : { ...whoWrong, successor: 'both' };
  if (what !== 'move') return { ...whoWrong, what: 'what' };
  return { ...whoWrong, ...successorProblem(leaver, successor), ...nameProblem(name, screen) };
}

function successorProblem(leaver: string, successor: string): LeavingProblems {
  if (!isEntraId(successor)) return { successor: 'successor' };
  return successor === leaver ? { successor: 'same' } : {};
}

function nameProblem(name: string, screen: Screen): LeavingProblems {
  if (name === '') return { name: 'name' };
  if (name.length > NAME_MAX) return { name: 'nameLong' };
  const words = screenName(name, screen);
  return words.length === 0 ? {} : { name: 'nameScreened', words: words.join(', ') };
}
