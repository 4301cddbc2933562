import type { Draft, Payload } from '../../../cards/actions.js';
import { conversationFormCard } from '../../../cards/agreement/form-conversation.card.js';
import { planFormCard } from '../../../cards/agreement/form-plan.card.js';
import type { Problems } from '../../../cards/agreement/problems.js';
import { format, messagesFor } from '../../../cards/content/words.js';
import { escapeMarkdown } from '../../../cards/plain.js';
import { showAgreement } from '../../access/own-agreement-change.js';
import type { Agreement } from '../../domain/agreement.js';
import { type Day, dayOf, type Slot } from '../../domain/calendar.js';
import type { Manager, ManagerRecords } from '../../domain/manager.js';
import { type Member, matchMember, newMember, newMemberId, traitsOf } from '../../domain/member.js';
import { pastDaySaid } from '../../nlu/entities/days.js';
import { namedIn, nameSaid } from '../../nlu/entities/names.js';
import type { Screen } from '../../nlu/screening/field-screening.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import { recordAgreement } from '../../services/agreement-writer.js';
import { problem } from '../../services/form-validation.js';
import { linkAccount } from '../../services/member-account.js';
import type { OrganisationSettings } from '../../services/organisation-settings.js';
import { contextOf } from '../../services/record-writer.js';
import { otherReminderDay } from '../../services/reminder-day.js';
import type { EmployeeIndex } from '../../store/employee-index.js';
import type { Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import { type Turn, todayOf } from '../../turn.js';
import {
  forConversationForm,
  memberIdOf,
  newDraft,
  withAnotherItem,
  withConversation,
  withMember,
  withPlan,
} from './agreement.flow.js';
import { checkConversation, checkPlan } from './agreement.rules.js';

export type RecordingDeps = {
  readonly people: People;
  readonly managers: Managers;
  readonly about: EmployeeIndex;
  readonly reminders: Reminders;
  readonly screen: Screen;
  readonly organisationSettings: Pick<OrganisationSettings, 'of'>;
  readonly newId: () => string;
  /** Puts on the audit trail, once, that a record was found that this act had made before. */
  readonly noteFound: (manager: Manager, record: Agreement) => void;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};

export type Recording = VerbHandlers<
  'agreement.start' | 'agreement.details' | 'agreement.people' | 'agreement.more' | 'agreement.save'
>;

/** The form in which a manager records what was agreed: about whom, then what. */
export function createRecording(deps: RecordingDeps): Recording {
  return {
    'agreement.start': async (turn) => formOne(deps, turn, { draft: await emptyDraft(deps, turn) }),
    async 'agreement.details'(turn) {
      const [everything, today] = await Promise.all([deps.managers.records(turn), todayOf(deps, turn)]);
      const draft = withConversation(turn.data.draft, turn.data);
      const around = { self: turn.person, members: everything.members, screen: deps.screen };
      const { value, problems } = checkConversation(draft, today, around);
      if (value === null) return conversationForm(turn, { draft, everything, problems, today });
      return formTwo(deps, turn, { draft: withMember(draft, everything.members) });
    },
    'agreement.people': (turn) => formOne(deps, turn, { draft: withPlan(turn.data.draft, turn.data) }),
    async 'agreement.more'(turn) {
      const draft = withPlan(turn.data.draft, turn.data);
      return formTwo(deps, turn, { draft: withAnotherItem(draft, await todayOf(deps, turn)) });
    },
    'agreement.save': (turn) => save(deps, turn),
  };
}

/** The same form with what a text says filled in. */
export async function recordByWords(
  deps: RecordingDeps,
  turn: Turn,
  { text, records }: { readonly text: string; readonly records: ManagerRecords },
): Promise<Reply> {
  const said = conversationSaid(turn, text, records.members, await todayOf(deps, turn));
  return formOne(deps, turn, { draft: { ...(await emptyDraft(deps, turn)), ...said }, known: records });
}

async function save(
  deps: RecordingDeps,
  turn: Turn & { readonly data: Payload<'agreement.save'> },
): Promise<Reply> {
  const { screen } = deps;
  const draft = withPlan(turn.data.draft, turn.data);
  // Step 1 was checked when it was sent; it is checked again because a payload can be made by hand.
  const at = await contextOf(deps, turn, turn.now);
  const day = dayOf(turn.now, at.slot.zone);
  const first = checkConversation(draft, day, { self: turn.person, members: null, screen });
  if (first.value === null)
    return formOne(deps, turn, { draft: { ...draft, known: '' }, problems: first.problems });
  const second = checkPlan(draft, day, screen);
  if (second.value === null) return formTwo(deps, turn, { draft, problems: second.problems });
  const { known, person, sameAs } = draft;
  const links = known !== '' && sameAs === known && person !== '';
  if (links && (await linkAccount(deps, turn, { id: known, account: person })) === 'taken')
    return formOne(deps, turn, { draft, problems: { known: problem('otherAccount') } });
  const { day: conversationDay, ...conversation } = first.value;
  const member = memberOf(draft);
  const facts = {
    ...conversation,
    ...second.value,
    present: [...conversation.present],
    subjects: [...conversation.subjects],
    items: [...second.value.items],
    id: draft.id,
    managerName: turn.name,
    conversationDay,
  };
  const { kind, record } = await recordAgreement(deps, { facts, member, place: placeOf(member) }, at);
  // What is in the form is no longer what was saved with it: it becomes another set of agreements, or nothing.
  if (kind === 'other')
    return formTwo(deps, turn, { draft: { ...draft, id: deps.newId() }, saved: record.id });
  return showAgreement(turn.lang, record, savedNotice(turn, record, at.slot));
}

async function emptyDraft(deps: RecordingDeps, turn: Turn): Promise<Draft> {
  const { agreementRhythm } = await deps.organisationSettings.of(turn.tenant);
  const { slot } = await contextOf(deps, turn, turn.now);
  return newDraft({ id: deps.newId(), today: dayOf(turn.now, slot.zone), slot, rhythm: agreementRhythm });
}

/** The first step: about whom. `known` are the records where they were read already. */
async function formOne(
  deps: RecordingDeps,
  turn: Turn,
  {
    draft,
    problems = {},
    known,
  }: { readonly draft: Draft; readonly problems?: Problems; readonly known?: ManagerRecords },
): Promise<Reply> {
  const [everything, today] = await Promise.all([known ?? deps.managers.records(turn), todayOf(deps, turn)]);
  const shown = forConversationForm(draft, everything.members);
  return conversationForm(turn, { draft: shown, everything, problems, today });
}

function conversationForm(
  { lang }: Turn,
  {
    draft,
    everything,
    problems,
    today,
  }: {
    readonly draft: Draft;
    readonly everything: ManagerRecords;
    readonly problems: Problems;
    readonly today: Day;
  },
): Reply {
  const people = traitsOf(everything.members, everything);
  const match = matchMember(everything.members, { ...draft, sameAs: '' });
  const asked = match.is === 'ask' ? match.candidates.map(({ id }) => id) : [];
  return show(conversationFormCard(lang, { draft, people, asked, problems, today }));
}

/** The second step: what. `saved` is the id of what was saved with this form before. */
async function formTwo(
  deps: RecordingDeps,
  turn: Turn,
  {
    draft,
    problems = {},
    saved = '',
  }: { readonly draft: Draft; readonly problems?: Problems; readonly saved?: string },
): Promise<Reply> {
  return show(planFormCard(turn.lang, { draft, problems, saved, today: await todayOf(deps, turn) }));
}

/** With whom and when, as a text says it: somebody of the list where one alone is named, else the name as it was typed. */
function conversationSaid(turn: Turn, text: string, members: readonly Member[], today: Day): Partial<Draft> {
  const [member, ...namesakes] = namedIn(text, members, turn.lang);
  const who =
    member !== undefined && namesakes.length === 0
      ? { known: member.id, person: member.person ?? '' }
      : { name: member?.name ?? nameSaid(text, turn.lang) };
  return { ...who, day: pastDaySaid(text, turn.lang, today) ?? today };
}

/** What a save comes to now; of one that was evaluated or closed since only that it was saved. */
function savedNotice(
  turn: Turn,
  { status, version, employee, memberName, nextDay }: Agreement,
  slot: Slot,
): string {
  const words = messagesFor(turn.lang).agreement;
  if (status === 'closed' || version > 1) return words.savedBefore;
  const text = employee === null ? words.saved : words.savedShared;
  const saved = format(turn.lang, text, { name: escapeMarkdown(memberName) });
  return [saved, otherReminderDay(turn.lang, nextDay, slot)].filter((one) => one !== '').join(' ');
}

function memberOf(draft: Draft): Member {
  return newMember(memberIdOf(draft), draft.name, draft.person === '' ? null : draft.person);
}

/**
 * The place as it is written beside the record: one that is there keeps the account that it has or has not, and a new one
 * has its account in its id.
 */
function placeOf(member: Member): Member {
  return member.id === newMemberId('', member.name, member.person) ? member : { ...member, person: null };
}
