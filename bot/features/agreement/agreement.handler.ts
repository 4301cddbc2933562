import type { Draft } from '../../../cards/actions.js';
import { agreementCard } from '../../../cards/agreement/agreement.card.js';
import { conversationFormCard } from '../../../cards/agreement/form-conversation.card.js';
import { planFormCard } from '../../../cards/agreement/form-plan.card.js';
import { closedListCard, listCard } from '../../../cards/agreement/list.card.js';
import type { Problems } from '../../../cards/agreement/problems.js';
import { sayingsIn } from '../../../cards/content/said.js';
import { format, type Lang, messagesFor } from '../../../cards/content/words.js';
import { escapeMarkdown } from '../../../cards/plain.js';
import { notThere, withOwnAgreement } from '../../access/agreement-access.js';
import type { Agreement } from '../../domain/agreement.js';
import { isAskedSince } from '../../domain/agreement-changes.js';
import { goesOn } from '../../domain/agreement-rest.js';
import { type Day, dayOf, plus, type Slot } from '../../domain/calendar.js';
import type { Manager, ManagerRecords } from '../../domain/manager.js';
import { type Member, matchMember, newMember, newMemberId, traitsOf } from '../../domain/member.js';
import { pastDaySaid } from '../../nlu/entities/days.js';
import { namedIn, nameSaid, saidOf } from '../../nlu/entities/names.js';
import type { Screen } from '../../nlu/screening/field-screening.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import { recordAgreement, writeChange } from '../../services/agreement-writer.js';
import { problem } from '../../services/form-validation.js';
import { linkAccount } from '../../services/member-account.js';
import type { OrganisationSettings } from '../../services/organisation-settings.js';
import { contextOf } from '../../services/record-writer.js';
import { otherReminderDay } from '../../services/reminder-day.js';
import type { EmployeeIndex } from '../../store/employee-index.js';
import type { Managers } from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import { type Turn, todayOf, zoneOf } from '../../turn.js';
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
import { type Correction, createCorrection } from './correction.handler.js';

export type AgreementDeps = {
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

type Verbs =
  | 'agreement.start'
  | 'agreement.details'
  | 'agreement.people'
  | 'agreement.more'
  | 'agreement.save'
  | 'agreement.list'
  | 'agreement.closed'
  | 'agreement.show'
  | 'agreement.ask-close'
  | 'agreement.close'
  | 'agreement.request-handled';
export type AgreementFeature = VerbHandlers<Verbs> &
  Correction & {
    readonly open: TurnHandler;
    readonly list: TurnHandler;
  };

/** Recording what was agreed after a conversation, and looking it up: always the manager's own records. */
export function createAgreement(deps: AgreementDeps): AgreementFeature {
  const { managers, screen } = deps;
  const today = (turn: Turn) => todayOf(deps, turn);

  const formOne = async (
    turn: Turn,
    draft: Draft,
    problems: Problems,
    known?: ManagerRecords,
  ): Promise<Reply> => {
    const [everything, day] = await Promise.all([known ?? managers.records(turn), today(turn)]);
    const shown = forConversationForm(draft, everything.members);
    return conversationForm(turn, shown, everything, problems, day);
  };
  const formTwo = async (turn: Turn, draft: Draft, problems: Problems, saved = ''): Promise<Reply> =>
    show(planFormCard(turn.lang, { draft, problems, saved, today: await today(turn) }));
  const emptyDraft = async (turn: Turn): Promise<Draft> => {
    const { agreementRhythm } = await deps.organisationSettings.of(turn.tenant);
    const { slot } = await contextOf(deps, turn, turn.now);
    return newDraft({ id: deps.newId(), today: dayOf(turn.now, slot.zone), slot, rhythm: agreementRhythm });
  };
  const open = async (turn: Turn): Promise<Reply> => formOne(turn, await emptyDraft(turn), {});
  /** What a text asks for about agreements: one that it names, some of them, or the form with what it says filled in. */
  const byWords = async (turn: Turn): Promise<Reply> => {
    const text = turn.said.kind === 'text' ? turn.said.text : '';
    const records = await managers.records(turn);
    const wish = agreementWish(text, turn.lang);
    const record = async () => {
      const said = conversationSaid(turn, text, records.members, await today(turn));
      return formOne(turn, { ...(await emptyDraft(turn)), ...said }, {}, records);
    };
    if (wish === 'record') return record();
    const status = wish === 'closed' ? 'closed' : 'open';
    const those = records.agreements.filter((agreement) => agreement.status === status);
    const named = agreementsNamed(text, those, turn.lang);
    const [one, ...others] = named;
    if (one !== undefined && others.length === 0) return view(turn, one, '');
    if (wish === 'closed') return closed(turn, 0, records);
    if (others.length > 0) return list(turn, 0, { ...records, agreements: named });
    // Where none is open any more, a closed one is what is left to look at.
    const [past, ...morePast] = agreementsNamed(text, records.agreements, turn.lang);
    if (past !== undefined && morePast.length === 0) return view(turn, past, '');
    return wish === 'named' ? record() : list(turn, 0, records);
  };
  const list = async (turn: Turn, page: number, known?: ManagerRecords): Promise<Reply> => {
    const [{ agreements }, day] = await Promise.all([known ?? managers.records(turn), today(turn)]);
    const running = agreements
      .filter((agreement) => agreement.status === 'open')
      .sort((one, other) => one.nextDay.localeCompare(other.nextDay));
    return show(
      listCard(turn.lang, {
        agreements: running,
        page,
        today: day,
        closed: agreements.length - running.length,
      }),
    );
  };
  const closed = async (turn: Turn, page: number, known?: ManagerRecords): Promise<Reply> => {
    const [{ agreements }, { terms }, zone] = await Promise.all([
      known ?? managers.records(turn),
      deps.organisationSettings.of(turn.tenant),
      zoneOf(deps, turn),
    ]);
    const found = agreements
      .filter((agreement) => agreement.status === 'closed')
      .sort((one, other) => other.changedAt.localeCompare(one.changedAt))
      .map((agreement) => ({
        agreement,
        closedOn: dayOf(agreement.changedAt, zone),
        until: goesOn(agreement, terms, zone) ?? '',
      }));
    return show(closedListCard(turn.lang, found, page));
  };
  /** Asks whether to close it, with the day until which it would stay. */
  const askClose = async (turn: Turn, agreement: Agreement, notice: string): Promise<Reply> => {
    if (agreement.status === 'closed') return view(turn, agreement, notice);
    const [{ terms }, day] = await Promise.all([deps.organisationSettings.of(turn.tenant), today(turn)]);
    const closing = plus(day, { months: terms.closedAgreementMonths });
    return show(agreementCard(turn.lang, { agreement, notice, closing }));
  };
  const view = (turn: Turn, agreement: Agreement, notice: string): Reply =>
    show(agreementCard(turn.lang, { agreement, notice, closing: null }));
  return {
    ...createCorrection(deps),
    open: byWords,
    list: async (turn) => {
      const records = await managers.records(turn);
      const text = turn.said.kind === 'text' ? turn.said.text : '';
      const running = records.agreements.filter(({ status }) => status === 'open');
      const [one, ...others] = agreementsNamed(text, running, turn.lang);
      return one !== undefined && others.length === 0 ? view(turn, one, '') : list(turn, 0, records);
    },
    'agreement.start': open,
    async 'agreement.details'(turn) {
      const [everything, day] = await Promise.all([managers.records(turn), today(turn)]);
      const draft = withConversation(turn.data.draft, turn.data);
      const around = { self: turn.person, members: everything.members, screen };
      const { value, problems } = checkConversation(draft, day, around);
      if (value === null) return conversationForm(turn, draft, everything, problems, day);
      return formTwo(turn, withMember(draft, everything.members), {});
    },
    'agreement.people': (turn) => formOne(turn, withPlan(turn.data.draft, turn.data), {}),
    async 'agreement.more'(turn) {
      const draft = withPlan(turn.data.draft, turn.data);
      return formTwo(turn, withAnotherItem(draft, await today(turn)), {});
    },
    async 'agreement.save'(turn) {
      const draft = withPlan(turn.data.draft, turn.data);
      // Step 1 was checked when it was sent; it is checked again because a payload can be made by hand.
      const at = await contextOf(deps, turn, turn.now);
      const day = dayOf(turn.now, at.slot.zone);
      const around = { self: turn.person, members: null, screen };
      const first = checkConversation(draft, day, around);
      if (first.value === null) return formOne(turn, { ...draft, known: '' }, first.problems);
      const second = checkPlan(draft, day, screen);
      if (second.value === null) return formTwo(turn, draft, second.problems);
      const { known, person, sameAs } = draft;
      const links = known !== '' && sameAs === known && person !== '';
      if (links && (await linkAccount(deps, turn, { id: known, account: person })) === 'taken') {
        return formOne(turn, draft, { known: problem('otherAccount') });
      }
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
      if (kind === 'other') return formTwo(turn, { ...draft, id: deps.newId() }, {}, record.id);
      return view(turn, record, savedNotice(turn, record, at.slot));
    },
    'agreement.list': (turn) => list(turn, turn.data.page),
    'agreement.show': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, ({ record }) => view(turn, record, '')),
    'agreement.closed': (turn) => closed(turn, turn.data.page),
    'agreement.ask-close': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, ({ record }) => askClose(turn, record, '')),
    'agreement.close': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, async (found) => {
        const at = await contextOf(deps, turn, turn.now);
        const written = await writeChange(deps, { found, change: { what: 'closed', seen: turn.data }, at });
        const words = messagesFor(turn.lang).agreement;
        if (written.kind === 'gone') return notThere(turn, words.gone);
        const { record } = written;
        if (written.kind === 'done') return view(turn, record, '');
        // Asked once more, about how it is now.
        const notice = isAskedSince(record, turn.data)
          ? format(turn.lang, words.askedMeanwhile, { name: escapeMarkdown(record.memberName) })
          : words.changed;
        return askClose(turn, record, notice);
      }),
    'agreement.request-handled': (turn) =>
      withOwnAgreement(managers, { turn, id: turn.data.id }, async (found) => {
        const at = await contextOf(deps, turn, turn.now);
        const change = { what: 'request-handled', askedAt: turn.data.askedAt } as const;
        const written = await writeChange(deps, { found, change, at });
        const words = messagesFor(turn.lang).agreement;
        if (written.kind === 'gone') return notThere(turn, words.gone);
        const { kind, record } = written;
        const notice = kind === 'done' ? words.requestHandled : words.changed;
        return view(turn, record, format(turn.lang, notice, { name: escapeMarkdown(record.memberName) }));
      }),
  };
}

type Wish = 'closed' | 'record' | 'change' | 'named';

/** What a text wants of agreements: what names nothing else wants to record one. Sayings of words that were closed win. */
function agreementWish(text: string, lang: Lang): Wish {
  const { closed, record, change, named } = sayingsIn(lang).agreements;
  const groups = { closed, record, change, named };
  const wishes: readonly Wish[] = ['closed', 'record', 'change', 'named'];
  return wishes.find((wish) => saidOf(text, { [wish]: groups[wish] }) !== null) ?? 'record';
}

function agreementsNamed(text: string, agreements: readonly Agreement[], lang: Lang): readonly Agreement[] {
  const people = agreements.map((agreement) => ({ name: agreement.memberName, agreement }));
  return namedIn(text, people, lang).map(({ agreement }) => agreement);
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

function conversationForm(
  turn: Turn,
  draft: Draft,
  everything: ManagerRecords,
  problems: Problems,
  today: Day,
): Reply {
  const people = traitsOf(everything.members, everything);
  const match = matchMember(everything.members, { ...draft, sameAs: '' });
  const asked = match.is === 'ask' ? match.candidates.map(({ id }) => id) : [];
  return show(conversationFormCard(turn.lang, { draft, people, asked, problems, today }));
}
