import {
  type Draft,
  type DraftItem,
  MOST_ITEMS,
  numberedName,
  type Payload,
} from '../../../cards/actions.js';
import { asIds } from '../../../cards/choices.js';
import { format, type Lang, type Messages } from '../../../cards/content/words.js';
import { oneLine, stripMarkdown } from '../../../cards/plain.js';
import { addDays, type Slot, workingDayFrom } from '../../domain/calendar.js';
import type { Member } from '../../domain/member.js';
import { isSameName, matchMember, newMemberId } from '../../domain/member.js';
import type { Rhythm } from '../../domain/rhythm.js';

/** Days from today that a new form proposes for the evaluation. */
const NEXT_DAYS = 14;

/** An empty form: what most people would fill in stands there already. `id` becomes the agreement's. */
export function newDraft({
  id,
  today,
  slot,
  rhythm,
}: {
  readonly id: string;
  readonly today: string;
  readonly slot: Slot;
  readonly rhythm: Rhythm;
}): Draft {
  return {
    id,
    known: '',
    name: '',
    person: '',
    sameAs: '',
    day: today,
    present: 'manager,employee',
    subjects: '',
    items: [newItem(today)],
    initiative: 'manager',
    next: workingDayFrom(addDays(today, NEXT_DAYS), slot),
    rhythm,
  };
}

/** An empty agreement: from today on, and without an end. */
export function newItem(today: string): DraftItem {
  return { what: '', who: 'employee', from: today, by: '' };
}

/** The draft with what step 1 asked. */
export function withConversation(draft: Draft, inputs: Payload<'agreement.details'>): Draft {
  const { known, name, person, sameAs, day, present, subjects } = inputs;
  return {
    ...draft,
    known,
    name: oneLine(name),
    person: person.trim().toLowerCase(),
    sameAs,
    day,
    present: asIds(present, ({ agreement }) => agreement.present),
    subjects: asIds(subjects, ({ agreement }) => agreement.subjects),
  };
}

/** The draft with what step 2 asked: as many agreements as the card showed. */
export function withPlan(draft: Draft, inputs: Payload<'agreement.save'>): Draft {
  const shown = Math.min(MOST_ITEMS, Math.max(1, draft.items.length));
  const items = itemsTyped(inputs, shown, draft.name);
  return {
    ...draft,
    items,
    initiative: initiativeTyped(inputs.initiative, draft.name),
    next: inputs.next,
    rhythm: asIds(inputs.rhythm, ({ agreement }) => agreement.rhythm),
  };
}

type ItemInputs = Pick<Payload<'agreement.save'>, `${'what' | 'who' | 'from' | 'by'}${1 | 2 | 3 | 4 | 5}`>;

/** So many agreements as typed; `name` is the employee's, which is one of the answers to who does it. */
export function itemsTyped(inputs: ItemInputs, rows: number, name: string): DraftItem[] {
  return Array.from({ length: rows }, (_, index) => ({
    what: oneLine(inputs[numberedName('what', index)]),
    who: asIds(inputs[numberedName('who', index)], whoTitles(name)),
    from: inputs[numberedName('from', index)],
    by: inputs[numberedName('by', index)],
  }));
}

/** Who brings up the evaluation, whatever a client sent for it: its id, or its title with that name in it. */
export function initiativeTyped(typed: string, name: string): string {
  return asIds(typed, ({ agreement }, lang) => withName(lang, agreement.initiative, name));
}

function whoTitles(name: string) {
  return ({ agreement }: Messages, lang: Lang) => withName(lang, agreement.whoIs, name);
}

/** The titles of a list as the form shows them: one of them is the employee's name. */
function withName<Id extends string>(
  lang: Lang,
  titles: Readonly<Record<Id, string>>,
  name: string,
): Readonly<Record<Id, string>> {
  const entries = Object.entries(titles) as [Id, string][];
  const shown = entries.map(([id, title]) => [id, format(lang, title, { name: stripMarkdown(name) })]);
  return Object.fromEntries(shown) as Record<Id, string>;
}

export function withAnotherItem(draft: Draft, today: string): Draft {
  if (draft.items.length >= MOST_ITEMS) return draft;
  return { ...draft, items: [...draft.items, newItem(today)] };
}

/** The draft with who is meant filled in as they stand on the list, once that is sure; somebody new as they were typed. */
export function withMember(draft: Draft, members: readonly Member[]): Draft {
  const match = matchMember(members, draft);
  if (match.is !== 'member') return { ...draft, known: '' };
  const { member, links } = match;
  const typed = draft.name !== '' && !isSameName(draft.name, member.name);
  return {
    ...draft,
    known: member.id,
    // The name that the manager types now, but not for its capitals alone.
    name: typed ? draft.name : member.name,
    person: member.person ?? '',
    sameAs: links ? member.id : '',
  };
}

/** Step 1 again: a person from the list stands in the list's field, not in the one for others. */
export function forConversationForm(draft: Draft, members: readonly Member[]): Draft {
  const known = members.find((member) => member.id === draft.known);
  // Somebody who gets their Teams account in this form is shown with it, or that would be lost on the way back.
  return known !== undefined && (known.person ?? '') === draft.person
    ? { ...draft, name: '', person: '', sameAs: '' }
    : { ...draft, known: '' };
}

/** Stable for the same person, so that saving twice makes one member. */
export function memberIdOf(draft: Draft): string {
  if (draft.known !== '') return draft.known;
  return newMemberId(draft.id, draft.name, draft.person === '' ? null : draft.person);
}
