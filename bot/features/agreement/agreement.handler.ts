import type { Draft } from '../../../cards/actions.js';
import { agreementCard } from '../../../cards/agreement/agreement.card.js';
import { conversationFormCard } from '../../../cards/agreement/form-conversation.card.js';
import { planFormCard } from '../../../cards/agreement/form-plan.card.js';
import { listCard } from '../../../cards/agreement/list.card.js';
import type { Problems } from '../../../cards/agreement/problems.js';
import { fill, wordsIn } from '../../../cards/content/words.js';
import { plain } from '../../../cards/plain.js';
import { dayOf, defaultSlot } from '../../calendar.js';
import { matchMember, newMemberId, traitsOf } from '../../domain/member.js';
import { problem } from '../../field-rules.js';
import { withOwnAgreement } from '../../own-agreement.js';
import type { OwnOrganisation } from '../../own-organisation.js';
import { evaluationReminder, landedReminder, sharedReminder, slotFor } from '../../planning.js';
import { remember } from '../../reachability.js';
import { type Reply, show, type TurnHandler, type VerbHandlers } from '../../reply.js';
import type { Screen } from '../../screening.js';
import { linkAccount } from '../../services/member-account.js';
import type { About } from '../../store/about.js';
import {
  type Agreement,
  type Everything,
  type Managers,
  type Member,
  newMember,
} from '../../store/managers.js';
import type { People } from '../../store/people.js';
import type { Reminders } from '../../store/reminders.js';
import type { Turn } from '../../turn.js';
import {
  forConversationForm,
  memberIdOf,
  newDraft,
  withAnotherItem,
  withConversation,
  withMember,
  withPlan,
} from './agreement.flow.js';
import { type ConversationFacts, checkConversation, checkPlan, type Plan } from './agreement.rules.js';

export type AgreementNeeds = {
  readonly people: People;
  readonly managers: Managers;
  readonly about: About;
  readonly reminders: Reminders;
  readonly screen: Screen;
  readonly ownOrganisation: Pick<OwnOrganisation, 'of'>;
  readonly newId: () => string;
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
  | 'agreement.show'
  | 'agreement.ask-close'
  | 'agreement.close';
export type AgreementFeature = VerbHandlers<Verbs> & {
  readonly open: TurnHandler;
  readonly list: TurnHandler;
};

/** Recording what was agreed after a conversation, and looking it up: always the manager's own records. */
export function createAgreement(needs: AgreementNeeds): AgreementFeature {
  const { managers, screen, zone } = needs;
  /** What a form proposes needs no look at anybody's own days. */
  const usual = defaultSlot(zone);
  const today = (turn: Turn) => dayOf(turn.now, zone);

  const formOne = async (turn: Turn, draft: Draft, problems: Problems): Promise<Reply> => {
    const everything = await managers.everything(turn);
    return conversationForm(turn, forConversationForm(draft, everything.members), everything, problems);
  };
  const conversationForm = (turn: Turn, draft: Draft, everything: Everything, problems: Problems): Reply => {
    const people = traitsOf(everything.members, everything);
    const match = matchMember(everything.members, draft);
    const asked = match.is === 'ask' ? match.candidates.map(({ id }) => id) : [];
    return show(conversationFormCard(turn.lang, { draft, people, asked, problems, today: today(turn) }));
  };
  const formTwo = (turn: Turn, draft: Draft, problems: Problems): Reply =>
    show(planFormCard(turn.lang, { draft, problems, today: today(turn) }));
  const open: TurnHandler = async (turn) => {
    const { agreementRhythm } = await needs.ownOrganisation.of(turn.tenant);
    return formOne(turn, newDraft(needs.newId(), today(turn), usual, agreementRhythm), {});
  };
  const list = async (turn: Turn, page: number): Promise<Reply> => {
    const { agreements } = await managers.everything(turn);
    const running = agreements
      .filter((agreement) => agreement.status === 'open')
      .sort((one, other) => one.nextDay.localeCompare(other.nextDay));
    return show(listCard(turn.lang, { agreements: running, page, today: today(turn) }));
  };
  return {
    open,
    list: (turn) => list(turn, 0),
    'agreement.start': open,
    async 'agreement.details'(turn) {
      const everything = await managers.everything(turn);
      const draft = withConversation(turn.data.draft, turn.data);
      const around = { self: turn.person, members: everything.members, screen };
      const { value, problems } = checkConversation(draft, today(turn), around);
      if (value === null) return conversationForm(turn, draft, everything, problems);
      return formTwo(turn, withMember(draft, everything.members), {});
    },
    'agreement.people': (turn) => formOne(turn, withPlan(turn.data.draft, turn.data), {}),
    async 'agreement.more'(turn) {
      const draft = withPlan(turn.data.draft, turn.data);
      return formTwo(turn, withAnotherItem(draft, today(turn), usual), {});
    },
    async 'agreement.save'(turn) {
      const draft = withPlan(turn.data.draft, turn.data);
      // Step 1 was checked when it was sent; it is checked again because a payload can be made by hand.
      const around = { self: turn.person, members: null, screen };
      const first = checkConversation(draft, today(turn), around);
      if (first.value === null) return formOne(turn, { ...draft, known: '' }, first.problems);
      const second = checkPlan(draft, today(turn), screen);
      if (second.value === null) return formTwo(turn, draft, second.problems);
      const { known, person, sameAs } = draft;
      const links = known !== '' && sameAs === known && person !== '';
      if (links && (await linkAccount(needs, turn, known, person)) === 'taken') {
        return formOne(turn, draft, { known: problem('otherAccount') });
      }
      const member = memberOf(draft);
      const { saved, asFilledIn } = await save(needs, turn, draft.id, member, first.value, second.value);
      const words = wordsIn(turn.lang).agreement;
      const done = saved.employee === null ? words.saved : words.savedShared;
      const notice = asFilledIn ? done : words.changed;
      return show(
        agreementCard(turn.lang, {
          agreement: saved,
          notice: fill(turn.lang, notice, { name: plain(saved.memberName) }),
          closing: false,
        }),
      );
    },
    'agreement.list': (turn) => list(turn, turn.data.page),
    'agreement.show': (turn) =>
      withOwnAgreement(managers, turn, turn.data.id, ({ record }) =>
        show(agreementCard(turn.lang, { agreement: record, notice: '', closing: false })),
      ),
    'agreement.ask-close': (turn) =>
      withOwnAgreement(managers, turn, turn.data.id, ({ record }) =>
        show(
          agreementCard(turn.lang, {
            agreement: record,
            notice: '',
            closing: record.status === 'open',
          }),
        ),
      ),
    'agreement.close': (turn) =>
      withOwnAgreement(managers, turn, turn.data.id, async ({ record, etag }) => {
        const stale = record.version !== turn.data.version || record.status === 'closed';
        const closed: Agreement = stale
          ? record
          : { ...record, status: 'closed', changedAt: turn.now, version: record.version + 1 };
        const result = stale ? 'ok' : await managers.changeAgreement(turn, closed, etag);
        // What was planned for it is dropped when it comes due: closing costs no search through reminders.
        const shown = result === 'ok' ? closed : record;
        const changed = stale && record.status === 'open';
        const notice = changed || result !== 'ok' ? wordsIn(turn.lang).agreement.changed : '';
        return show(agreementCard(turn.lang, { agreement: shown, notice, closing: false }));
      }),
  };
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

/** What is on record now, and whether that is what was filled in. */
type Saved = { readonly saved: Agreement; readonly asFilledIn: boolean };

/**
 * Reminders first, then the record, then the pointer: what a crash leaves over is dropped when it comes due.
 * Saving the same draft twice finds the first and changes nothing.
 */
async function save(
  needs: AgreementNeeds,
  turn: Turn,
  id: string,
  member: Member,
  conversation: ConversationFacts,
  plan: Plan,
): Promise<Saved> {
  const { person } = await remember(needs, turn);
  const slot = slotFor(person, needs.zone);
  const draft: Agreement = {
    id,
    member: member.id,
    memberName: member.name,
    managerName: turn.name,
    movedFrom: null,
    employee: member.person,
    conversationDay: conversation.day,
    present: [...conversation.present],
    subjects: [...conversation.subjects],
    items: [...plan.items],
    initiative: plan.initiative,
    rhythm: plan.rhythm,
    nextDay: plan.nextDay,
    remindFrom: null,
    remindAt: '',
    evaluations: [],
    landed: false,
    answer: member.person === null ? 'not-shared' : 'on-its-way',
    answeredAt: null,
    changeAsked: null,
    removal: null,
    undelivered: null,
    status: 'open',
    createdAt: turn.now,
    changedAt: turn.now,
    version: 1,
  };
  const evaluation = evaluationReminder(turn, draft, slot);
  const record: Agreement = { ...draft, remindAt: evaluation.due };
  const shared = sharedReminder(turn, record, turn.now, slot);
  await needs.reminders.plan(evaluation);
  const landed = landedReminder(turn, record, slot);
  // A conversation of weeks ago has landed by now: asking would be odd.
  if (landed.due > turn.now) await needs.reminders.plan(landed);
  if (shared !== null) await needs.reminders.plan(shared);
  const added = await needs.managers.addAgreement(turn, placeOf(member), record);
  if (added !== 'ok') {
    const earlier = await needs.managers.agreement(turn, id);
    if (earlier !== null) return { saved: earlier.record, asFilledIn: sameFacts(earlier.record, record) };
  }
  if (member.person !== null) {
    const pointer = { manager: turn.person, agreement: id, since: turn.now };
    await needs.about.point(turn.tenant, member.person, pointer);
  }
  return { saved: record, asFilledIn: true };
}

/** Whether two agreements say the same, whatever came of them since. */
function sameFacts(one: Agreement, other: Agreement): boolean {
  const facts = ({
    member,
    conversationDay,
    present,
    subjects,
    items,
    nextDay,
    rhythm,
    initiative,
  }: Agreement) =>
    JSON.stringify([member, conversationDay, present, subjects, items, nextDay, rhythm, initiative]);
  return facts(one) === facts(other);
}
