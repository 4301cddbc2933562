import type { LeavingTyped } from '../../../cards/actions.js';
import { asIds } from '../../../cards/choices.js';
import type { LeavingProblems } from '../../../cards/leaver/form.card.js';
import { oneLine } from '../../../cards/plain.js';
import { NAME_MAX } from '../../../cards/who/who-fields.js';
import { isEntraId } from '../../domain/entra-id.js';
import type { Handover } from '../../domain/handover-request.js';
import { isPending } from '../../domain/handover-request.js';
import { type Screen, screenName } from '../../nlu/screening/field-screening.js';

/** The form as it is meant: ids as they are kept, the name on one line. */
export function asMeant({ leaver, what, successor, name }: LeavingTyped): LeavingTyped {
  return {
    leaver: leaver.trim().toLowerCase(),
    what: asIds(what, ({ leaver: words }) => words.what),
    successor: successor.trim().toLowerCase(),
    name: oneLine(name),
  };
}

/**
 * What is wrong with the form, field by field; nothing when it can be asked for. Whoever asks (`self`) can neither be who
 * leaves nor who goes on: they would get to see what they may not, or remove what is about themselves.
 */
export function problemsOf(
  { leaver, what, successor, name }: LeavingTyped,
  self: string,
  screen: Screen,
): LeavingProblems {
  const whoWrong: LeavingProblems = !isEntraId(leaver)
    ? { leaver: 'leaver' }
    : leaver === self
      ? { leaver: 'leaverSelf' }
      : {};
  if (what === 'delete') return successor === '' ? whoWrong : { ...whoWrong, successor: 'both' };
  if (what !== 'move') return { ...whoWrong, what: 'what' };
  return { ...whoWrong, ...successorProblem(leaver, successor, self), ...nameProblem(name, screen) };
}

/** What HR sees of requests: what is still to come first, then the newest. */
export function inOrder(requests: readonly Handover[]): readonly Handover[] {
  return [...requests].sort(
    (one, other) =>
      Number(isPending(other)) - Number(isPending(one)) || other.stateAt.localeCompare(one.stateAt),
  );
}

function successorProblem(leaver: string, successor: string, self: string): LeavingProblems {
  if (!isEntraId(successor)) return { successor: 'successor' };
  if (successor === self) return { successor: 'successorSelf' };
  return successor === leaver ? { successor: 'same' } : {};
}

function nameProblem(name: string, screen: Screen): LeavingProblems {
  if (name === '') return { name: 'name' };
  if (name.length > NAME_MAX) return { name: 'nameLong' };
  const words = screenName(name, screen);
  return words.length === 0 ? {} : { name: 'nameScreened', words: words.join(', ') };
}
