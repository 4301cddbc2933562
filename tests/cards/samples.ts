import { PRESENT, SUBJECTS } from '../../bot/domain/agreement.js';
import { ZONES } from '../../bot/features/settings/settings.rules.js';
import { answeredCard } from '../../cards/about/answered.card.js';
import { changeCard } from '../../cards/about/change.card.js';
import { type Exported, exportRecordsCard } from '../../cards/about/export.card.js';
import { fileAskedCard, fileNotSavedCard } from '../../cards/about/file.card.js';
import { recordsCard } from '../../cards/about/records.card.js';
import { sharedCard } from '../../cards/about/shared.card.js';
import type { Trace } from '../../cards/about/traces-document.js';
import { waysCard } from '../../cards/about/ways.card.js';
import { absenceFormCard } from '../../cards/absence/form.card.js';
import { weekCard } from '../../cards/absence/week.card.js';
import { weeksCard } from '../../cards/absence/weeks.card.js';
import { type Draft, MOST_ITEMS, PARTS, SITUATIONS, type Ticks } from '../../cards/actions.js';
import { agreementCard } from '../../cards/agreement/agreement.card.js';
import type { AgreementView } from '../../cards/agreement/agreement-view.js';
import { correctItemsCard } from '../../cards/agreement/correct-items.card.js';
import { correctTalkCard } from '../../cards/agreement/correct-talk.card.js';
import { conversationFormCard } from '../../cards/agreement/form-conversation.card.js';
import { planFormCard } from '../../cards/agreement/form-plan.card.js';
import { WHAT_MAX } from '../../cards/agreement/item-fields.js';
import { closedListCard, listCard } from '../../cards/agreement/list.card.js';
import { reopenCard } from '../../cards/agreement/reopen.card.js';
import { replyCard } from '../../cards/agreement/reply.card.js';
import {
  type CalendarView,
  calendarCard,
  calendarFileAskedCard,
  calendarNoFileCard,
} from '../../cards/calendar/calendar.card.js';
import { outcomeCard } from '../../cards/check/outcome.card.js';
import { questionCard } from '../../cards/check/question.card.js';
import { coffeeAddCard } from '../../cards/coffee/add.card.js';
import { coffeeListCard } from '../../cards/coffee/list.card.js';
import { coffeePersonCard } from '../../cards/coffee/person.card.js';
import { type Answer, allAnswers, answerWords } from '../../cards/content/answers.js';
import { MOMENT_KINDS } from '../../cards/content/moment-kinds.js';
import { allTopics, MONTHLY_KINDS } from '../../cards/content/monthly-kinds.js';
import { allMeasures, allPieces, type Piece } from '../../cards/content/pieces.js';
import { SUBJECT_GROUPS } from '../../cards/content/subjects.js';
import { format, LANGS, type Lang, type Messages, messagesFor } from '../../cards/content/words.js';
import { aidsCard } from '../../cards/conversation/aids.card.js';
import { askCard } from '../../cards/conversation/ask.card.js';
import { beginCard } from '../../cards/conversation/begin.card.js';
import { partCard } from '../../cards/conversation/part.card.js';
import { costsFormCard } from '../../cards/costs/form.card.js';
import { sumCard } from '../../cards/costs/sum.card.js';
import { crisisCard, HELP_TOPICS } from '../../cards/crisis/crisis.card.js';
import { withMaybeLine } from '../../cards/crisis/maybe.js';
import { withSpokenLine } from '../../cards/crisis/spoken-line.js';
import { longDay } from '../../cards/dates.js';
import { digestCard, withWayBack } from '../../cards/digest/digest.card.js';
import { evaluateCard } from '../../cards/evaluation/evaluate.card.js';
import { initiativeCard } from '../../cards/evaluation/initiative.card.js';
import { landedAnsweredCard, landedCard } from '../../cards/evaluation/landed.card.js';
import { moveCard } from '../../cards/evaluation/move.card.js';
import { restedCard, restingCard } from '../../cards/evaluation/resting.card.js';
import { rewriteCard } from '../../cards/evaluation/rewrite.card.js';
import { unreachableCard } from '../../cards/evaluation/unreachable.card.js';
import { figuresCard, type MonthView } from '../../cards/figures/figures.card.js';
import { answerCard } from '../../cards/knowledge/answer.card.js';
import { chooseCard, nearestCard, otherwiseCard } from '../../cards/knowledge/choose.card.js';
import { pieceCard } from '../../cards/knowledge/piece.card.js';
import { subjectCard } from '../../cards/knowledge/subject.card.js';
import { subjectsCard } from '../../cards/knowledge/subjects.card.js';
import { announcedCard } from '../../cards/leaver/announced.card.js';
import { leaverAskCard } from '../../cards/leaver/ask.card.js';
import { closedCard } from '../../cards/leaver/closed.card.js';
import { deletedCard } from '../../cards/leaver/deleted.card.js';
import { leaverFormCard } from '../../cards/leaver/form.card.js';
import type { HandoverView } from '../../cards/leaver/handover-view.js';
import { requestCard } from '../../cards/leaver/request.card.js';
import { takenOverCard } from '../../cards/leaver/taken-over.card.js';
import { finderCard } from '../../cards/measures/finder.card.js';
import { foundCard } from '../../cards/measures/found.card.js';
import { menuCard } from '../../cards/menu/menu.card.js';
import { deleteMomentCard } from '../../cards/moments/delete.card.js';
import { momentFormCard } from '../../cards/moments/form.card.js';
import { momentListCard } from '../../cards/moments/list.card.js';
import { momentCard } from '../../cards/moments/moment.card.js';
import { monthlyCard } from '../../cards/monthly/monthly.card.js';
import { noticeCard } from '../../cards/notice/notice.card.js';
import { OPEN_GROUPS, overviewCard } from '../../cards/overview/overview.card.js';
import {
  linkCard,
  mergeCard,
  peopleListCard,
  personCard,
  renameCard,
} from '../../cards/people/people.card.js';
import { practiseHeardCard } from '../../cards/practise/heard.card.js';
import { practiseRoundCard } from '../../cards/practise/round.card.js';
import { situationWords } from '../../cards/practise/situation.js';
import { practiseStartCard } from '../../cards/practise/start.card.js';
import { askRemovalCard } from '../../cards/removal/ask.card.js';
import { decideRemovalCard } from '../../cards/removal/decide.card.js';
import { removalGrantedCard, removalKeptCard, removalLateCard } from '../../cards/removal/outcome.card.js';
import { removedBeforeCard, removedCard, sureOfRemovalCard } from '../../cards/removal/sure.card.js';
import type { Card } from '../../cards/render.js';
import { settingsCard } from '../../cards/settings/settings.card.js';
import { checklistCard } from '../../cards/signals/checklist.card.js';
import { SIGNAL_GROUPS, SIGNAL_STEPS } from '../../cards/signals/groups.js';
import { weighedCard } from '../../cards/signals/weighed.card.js';
import { supportCard } from '../../cards/support/support.card.js';
import { welcomeCard } from '../../cards/welcome/welcome.card.js';
import type { WhoView } from '../../cards/who/who-fields.js';
import { NAME_MAX } from '../../cards/who/who-fields.js';
import { hrCards } from './hr-samples.js';
import { requestCards } from './request-samples.js';
import { scanCards } from './scan-samples.js';

/** A card in one state, under a name that says which. */
export type Sample = { readonly name: string; readonly lang: Lang; readonly card: Card };

export const TODAY = '2027-01-12';
const ID = '6f1c2a34-5b6d-4e7f-8a9b-0c1d2e3f4a5b';
const PERSON = '11111111-2222-4333-8444-555555555555';
/** The longest that fits a field, with what could break a card: markup, a template, an accent, a long word. */
export const LONG_NAME = `Annemarie-Chrysanthème *van* der [Zuid](x) \${name}`
  .padEnd(NAME_MAX, 'w')
  .slice(0, NAME_MAX);
const LONG_TEXT = 'Werkoverleganders- en roosterwisselingsafstemmingsafspraak <b>_met_</b> ${x} '
  .repeat(4)
  .slice(0, WHAT_MAX);

/** The month in which each topic has its turn: January of the year 0 is the first. */
function monthOf(at: number): string {
  return `0012-${String(at + 1).padStart(2, '0')}`;
}

const UNDO = {
  id: ID,
  version: 2,
  was: { lastDay: '', nextDay: '2027-01-12', coffees: 0 },
  page: 0,
} as const;
const PERSON_OF_COFFEE = {
  ...{ notice: '', day: '', until: '', dayWrong: false, untilWrong: false, reminder: false },
  ...{ from: '2027-01-13', last: '2028-01-12' },
} as const;
const PERSON_VIEW = {
  id: ID,
  name: 'Anouk',
  person: null,
  agreements: 2,
  moments: 1,
  only: null,
  coffee: 'yes',
} as const;

const CALENDAR: CalendarView = {
  of: 'evaluation',
  id: ID,
  day: '2027-01-26',
  time: '10:00',
  minutes: 30,
  appointment: {
    uid: 'evaluation-1@kopje-koffie',
    subject: 'Even bijpraten',
    start: '2027-01-26T09:00:00.000Z',
    end: '2027-01-26T09:30:00.000Z',
  },
};

/** Of a form that puts an agreement right. */
const TALK = {
  day: '2027-01-08',
  present: 'manager,employee',
  subjects: 'tasks,hours',
  initiative: 'manager',
  rhythm: 'two-weekly',
};

function rowsOf({ items }: AgreementView) {
  return items.map(({ id, what, who, from, by }) => ({ id, what, who, from: from ?? '', by: by ?? '' }));
}

export function agreementView(overrides: Partial<AgreementView> = {}): AgreementView {
  return {
    id: ID,
    version: 1,
    member: 'name-1',
    memberName: 'Sanne',
    managerName: 'Mila de Wit',
    movedFrom: null,
    conversationDay: '2027-01-08',
    present: ['manager', 'employee'],
    subjects: ['tasks', 'hours'],
    items: [
      {
        id: '1',
        who: 'manager',
        what: 'De klantvragen gaan naar Joris',
        from: '2027-01-08',
        by: '2027-01-15',
        outcome: null,
      },
      {
        id: '2',
        who: 'employee',
        what: 'Sanne begint om tien uur',
        from: null,
        by: '2027-01-13',
        outcome: null,
      },
    ],
    initiative: 'manager',
    rhythm: 'two-weekly',
    nextDay: TODAY,
    answer: 'shared',
    changeAsked: null,
    removal: null,
    undelivered: null,
    status: 'open',
    ...overrides,
  };
}

const GOES = '2027-11-30';
const REST = { since: '2027-01-12', closes: '2027-08-16' };
/** What an employee asked to have changed, and waits for. */
const ASKED = {
  subjects: ['days'],
  note: 'Graag 9|17 uur',
  askedAt: '2027-01-11T09:00:00.000Z',
  handledAt: null,
  reply: null,
} as const;

export function longAgreementView(overrides: Partial<AgreementView> = {}): AgreementView {
  return agreementView({
    memberName: LONG_NAME,
    managerName: LONG_NAME,
    present: [...PRESENT],
    subjects: [...SUBJECTS],
    items: Array.from({ length: MOST_ITEMS }, (_, index) => ({
      id: String(index + 1),
      who: 'employee' as const,
      what: LONG_TEXT,
      from: '2027-09-15',
      by: '2027-09-22',
      outcome: index === 0 ? ('adjust' as const) : null,
    })),
    initiative: 'employee',
    answer: 'change-asked',
    changeAsked: {
      subjects: ['items', 'days', 'evaluation', 'present', 'talk'],
      note: LONG_TEXT,
      askedAt: '2027-01-11T09:00:00.000Z',
      handledAt: null,
      reply: null,
    },
    undelivered: { kind: 'evaluation', why: '500 ServiceError', givenUp: true },
    nextDay: '2027-09-22',
    version: 2,
    ...overrides,
  });
}

export function draftOf(overrides: Partial<Draft> = {}): Draft {
  return {
    id: ID,
    known: '',
    name: 'Sanne',
    person: PERSON,
    sameAs: '',
    day: '2027-01-08',
    present: 'manager,employee',
    subjects: 'tasks,hours',
    items: [{ what: 'De klantvragen gaan naar Joris', who: 'manager', from: '2027-01-08', by: '2027-01-15' }],
    initiative: 'manager',
    next: '2027-01-26',
    rhythm: 'two-weekly',
    ...overrides,
  };
}

const longDraft = draftOf({
  name: LONG_NAME,
  present: 'manager,employee,hr,occupational,companion,other-manager',
  subjects: 'tasks,workload,hours,workplace,cooperation,own-control,growth,support,contact,team-message',
  items: Array.from({ length: MOST_ITEMS }, () => ({
    what: LONG_TEXT,
    who: 'employee',
    from: '2027-09-15',
    by: '2027-09-22',
  })),
});
const emptyDraft = draftOf({
  name: '',
  person: '',
  subjects: '',
  items: [{ what: '', who: 'employee', from: '2027-01-12', by: '' }],
});
const people = Array.from({ length: 100 }, (_, index) =>
  whoView({ id: `name-${index}`, name: `${LONG_NAME} ${index}` }),
);
/** Three of one name, of whom two tell nothing apart. */
export const NAMESAKES: readonly WhoView[] = [
  {
    ...whoView({ id: 'name-1', name: 'Jan', rhythm: 'weekly', lastDay: '2027-01-05' }),
    moments: [{ kind: 'leave', from: '2027-03-01' }],
    agreements: [{ conversationDay: '2027-01-08' }],
  },
  whoView({ id: 'name-2', name: 'Jan' }),
  whoView({ id: 'name-3', name: 'Jan' }),
];

export function whoView(member: Partial<WhoView['member']>): WhoView {
  const nobody = { id: 'name-1', name: 'Anouk', person: null, rhythm: null, lastDay: null };
  return { member: { ...nobody, ...member }, moments: [], agreements: [] };
}

/** Every card in every state that it has, in both languages: what is validated, rendered and looked at. */
export function samples(): readonly Sample[] {
  made ??= LANGS.flatMap((lang) =>
    Object.entries(cardsIn(lang)).map(([name, card]) => ({ name, lang, card })),
  );
  return made;
}
/** Made once for a process, in which many files look at them: making them took most of the time of each check. */
let made: readonly Sample[] | undefined;

function cardsIn(lang: Lang): Record<string, Card> {
  const agreement = agreementView();
  const long = longAgreementView();
  const asked = agreementView({ answer: 'change-asked', changeAsked: ASKED });
  const evaluation = {
    agreement,
    occasion: 'due' as const,
    next: '2027-01-26',
    chosen: {},
    problems: {},
    notice: '',
    today: TODAY,
  };
  const change = {
    agreement,
    manager: PERSON,
    change: '',
    note: '',
    changeProblem: null,
    noteProblem: null,
    refused: [],
    notice: '',
  };
  const parts = PARTS.map((part) => [`conversation part ${part}`, partCard(lang, part)] as const);
  return {
    'menu greeting': menuCard(lang, 'greeting'),
    'menu unknown': menuCard(lang, 'unknown'),
    'menu after a file': menuCard(lang, 'file'),
    'menu of hr': menuCard(lang, 'greeting', true),
    ...hrCards(lang),
    'welcome new': welcomeCard(lang, 'new'),
    'welcome back': welcomeCard(lang, 'back'),
    privacy: welcomeCard(lang, 'privacy'),
    ...Object.fromEntries(parts),
    'conversation begin': beginCard(lang),
    'conversation aids': aidsCard(lang, 'basics'),
    'practise start': practiseStartCard(lang),
    ...Object.fromEntries(
      SITUATIONS.flatMap((situation) =>
        situationWords(lang, situation).rounds.flatMap((_, round) => [
          [
            `practise ${situation} ${round + 1}`,
            practiseRoundCard(lang, { situation, round, own: '', problem: null }),
          ],
          [
            `practise ${situation} ${round + 1} heard`,
            practiseHeardCard(lang, {
              situation,
              round,
              said: situationWords(lang, situation).rounds[round]?.choices[0]?.say ?? '',
              effects: [situationWords(lang, situation).rounds[round]?.choices[0]?.effect ?? ''],
            }),
          ],
        ]),
      ),
    ),
    'practise own missing': practiseRoundCard(lang, {
      situation: 'cries',
      round: 0,
      own: '',
      problem: 'missing',
    }),
    'practise own long': practiseRoundCard(lang, {
      situation: 'angry',
      round: 1,
      own: 'x'.repeat(400),
      problem: 'long',
    }),
    'practise own heard': practiseHeardCard(lang, {
      situation: 'leaves',
      round: 1,
      said: 'Ik zag dat je _weg_ liep. Hoe is het nu?',
      effects: Object.values(messagesFor(lang).practise.own).slice(0, 3),
    }),
    'conversation ask': askCard(lang, 'naming'),
    support: supportCard(lang, []),
    'support in grief': supportCard(lang, [], { grief: true }),
    'support asked for a confidant': supportCard(lang, [], { asked: 'vertrouwenspersoon' }),
    'support asked for a helpline': supportCard(lang, [], { asked: 'geldfit' }),
    crisis: crisisCard(lang),
    ...Object.fromEntries(
      HELP_TOPICS.filter((topic) => topic !== 'suicide').map((topic) => [
        `crisis ${topic}`,
        crisisCard(lang, topic),
      ]),
    ),
    'menu with a line of help': withMaybeLine(menuCard(lang, 'unknown'), lang, 'suicide'),
    'menu for who wrote in another language': withSpokenLine(menuCard(lang, 'unknown'), 'ar'),
    'form conversation new': conversationFormCard(lang, {
      draft: emptyDraft,
      people: [],
      asked: [],
      problems: {},
      today: TODAY,
    }),
    'form conversation with list': conversationFormCard(lang, {
      draft: emptyDraft,
      people: [...people.slice(0, 3), ...NAMESAKES],
      asked: [],
      problems: {},
      today: TODAY,
    }),
    'form conversation wrong': conversationFormCard(lang, {
      draft: draftOf({ name: LONG_NAME, day: '2027-03-01' }),
      people,
      asked: [],
      problems: {
        known: { id: 'two' },
        name: { id: 'nameLong', values: { max: NAME_MAX } },
        person: { id: 'notAPerson' },
        day: { id: 'dayFuture' },
        present: { id: 'nobodyPresent' },
        subjects: { id: 'noSubject' },
      },
      today: TODAY,
    }),
    'form conversation asks who': conversationFormCard(lang, {
      draft: draftOf({ name: 'Jan' }),
      people: NAMESAKES,
      asked: NAMESAKES.map(({ member }) => member.id),
      problems: { sameAs: { id: 'which' } },
      today: TODAY,
    }),
    'form conversation asks which name': conversationFormCard(lang, {
      draft: draftOf({ name: 'Jan', person: '' }),
      people: NAMESAKES,
      asked: NAMESAKES.map(({ member }) => member.id),
      problems: { sameAs: { id: 'which' } },
      today: TODAY,
    }),
    'form plan empty': planFormCard(lang, {
      draft: { ...emptyDraft, name: 'Sanne' },
      problems: {},
      saved: '',
      today: TODAY,
    }),
    'form plan filled': planFormCard(lang, { draft: draftOf(), problems: {}, saved: '', today: TODAY }),
    'form plan saved otherwise': planFormCard(lang, {
      draft: draftOf(),
      problems: {},
      saved: ID,
      today: TODAY,
    }),
    'form plan longest wrong': planFormCard(lang, {
      draft: longDraft,
      saved: ID,
      problems: {
        what1: { id: 'itemLong', values: { count: 10_000, max: WHAT_MAX } },
        who2: { id: 'itemWho' },
        by3: { id: 'dayPast' },
        what4: { id: 'screened', values: { words: LONG_NAME } },
        initiative: { id: 'choose' },
        next: { id: 'dayTomorrow' },
        rhythm: { id: 'choose' },
      },
      today: TODAY,
    }),
    agreement: agreementCard(lang, { agreement, notice: '', closing: null }),
    'agreement longest': agreementCard(lang, { agreement: long, notice: LONG_TEXT, closing: null }),
    'agreement closing': agreementCard(lang, { agreement, notice: '', closing: TODAY }),
    'agreement closing with a request': agreementCard(lang, { agreement: asked, notice: '', closing: TODAY }),
    'agreement closed with a request': agreementCard(lang, {
      agreement: { ...asked, status: 'closed' },
      notice: '',
      closing: null,
    }),
    'agreement closed': agreementCard(lang, {
      agreement: agreementView({ status: 'closed', answer: 'not-shared' }),
      notice: '',
      closing: null,
    }),
    'list empty': listCard(lang, { agreements: [], page: 0, today: TODAY, closed: 0 }),
    'list with closed ones only': listCard(lang, { agreements: [], page: 0, today: TODAY, closed: 2 }),
    'list one': listCard(lang, { agreements: [agreement], page: 0, today: TODAY, closed: 3 }),
    'list pages': listCard(lang, {
      agreements: [agreementView({ nextDay: '2026-01-12' }), ...Array.from({ length: 20 }, () => long)],
      page: 1,
      today: TODAY,
      closed: 7,
    }),
    'closed list empty': closedListCard(lang, [], 0),
    'closed list': closedListCard(
      lang,
      [agreementView({ status: 'closed' }), ...Array.from({ length: 7 }, () => long)].map((one) => ({
        agreement: one,
        closedOn: '2027-01-11',
        until: '2028-01-11',
      })),
      0,
    ),
    'agreement proposed': agreementCard(lang, {
      agreement: agreementView({ answer: 'on-its-way', changeAsked: { ...ASKED, reply: 'proposed' } }),
      notice: format(lang, messagesFor(lang).agreement.correctedShared, { name: 'Sanne' }),
      closing: null,
    }),
    correct: correctItemsCard(lang, { agreement, items: rowsOf(agreement), problems: {}, notice: '' }),
    'correct longest with errors': correctItemsCard(lang, {
      agreement: { ...long, changeAsked: ASKED },
      items: rowsOf(long),
      problems: {
        what1: { id: 'screened', values: { words: 'migraine' } },
        from2: { id: 'oneDay' },
        by3: { id: 'untilBefore' },
      },
      notice: LONG_TEXT,
    }),
    'correct talk': correctTalkCard(lang, {
      agreement,
      typed: TALK,
      problems: {},
      notice: '',
      today: TODAY,
    }),
    'correct talk longest with errors': correctTalkCard(lang, {
      agreement: long,
      typed: { ...TALK, day: '', present: '', subjects: '' },
      problems: { day: { id: 'notADay' }, present: { id: 'nobodyPresent' }, subjects: { id: 'noSubject' } },
      notice: LONG_TEXT,
      today: TODAY,
    }),
    'people empty': peopleListCard(lang, [], { asked: 0, notice: '' }),
    'people pages': peopleListCard(
      lang,
      Array.from({ length: 20 }, () => ({ ...PERSON_VIEW, name: LONG_NAME })),
      { asked: 1, notice: format(lang, messagesFor(lang).people.removed, { name: 'Anouk' }) },
    ),
    'people person': personCard(lang, PERSON_VIEW, ''),
    'people person with nothing': personCard(
      lang,
      { ...PERSON_VIEW, person: PERSON, agreements: 0, moments: 0, coffee: 'no' },
      LONG_TEXT,
    ),
    'people person who refused coffee': personCard(
      lang,
      { ...PERSON_VIEW, person: PERSON, agreements: 0, moments: 0, coffee: 'refused' },
      format(lang, messagesFor(lang).people.notRemoved, { name: 'Anouk' }),
    ),
    'people rename': renameCard(lang, PERSON_VIEW, { typed: 'Sanne', problem: '' }),
    'people rename wrong': renameCard(
      lang,
      { id: ID, name: LONG_NAME },
      { typed: '123', problem: messagesFor(lang).agreement.problem.notAName },
    ),
    'people link': linkCard(lang, PERSON_VIEW, { typed: '', problem: null }),
    'people link wrong': linkCard(lang, PERSON_VIEW, { typed: PERSON, problem: 'taken' }),
    'people merge': mergeCard(lang, PERSON_VIEW, { others: people.slice(0, 3), typed: '', problem: null }),
    'people merge wrong': mergeCard(
      lang,
      { id: ID, name: LONG_NAME },
      { others: people, typed: '', problem: 'twoAccounts' },
    ),
    calendar: calendarCard(lang, CALENDAR),
    'calendar of a conversation': calendarCard(lang, { ...CALENDAR, of: 'conversation', id: '' }),
    'calendar of a coffee': calendarCard(lang, { ...CALENDAR, of: 'coffee' }),
    'calendar file asked': calendarFileAskedCard(lang, 'evaluation', ID),
    'calendar no file': calendarNoFileCard(lang, { of: 'evaluation', id: ID, why: 'none' }),
    'calendar file uncertain': calendarNoFileCard(lang, { of: 'coffee', id: ID, why: 'uncertain' }),
    reopen: reopenCard(lang, {
      agreement: agreementView({ status: 'closed' }),
      day: '2027-01-26',
      problems: {},
      notice: '',
      from: '2027-01-13',
    }),
    'reopen longest with errors': reopenCard(lang, {
      agreement: { ...long, status: 'closed', answer: 'not-shared' },
      day: '2027-01-12',
      problems: { day: { id: 'dayTomorrow' } },
      notice: LONG_TEXT,
      from: '2027-01-13',
    }),
    reply: replyCard(lang, { agreement: asked, request: ASKED, reply: '', missing: false, notice: '' }),
    'reply longest with errors': replyCard(lang, {
      agreement: { ...long, changeAsked: ASKED },
      request: ASKED,
      reply: '',
      missing: true,
      notice: LONG_TEXT,
    }),
    'evaluate once': evaluateCard(lang, {
      ...evaluation,
      agreement: agreementView({ rhythm: 'once' }),
      next: '',
    }),
    'evaluate due': evaluateCard(lang, evaluation),
    'evaluate after the weekend': evaluateCard(lang, {
      ...evaluation,
      occasion: 'after',
      agreement: agreementView({ nextDay: '2027-01-10' }),
    }),
    'evaluate again': evaluateCard(lang, {
      ...evaluation,
      occasion: 'again',
      agreement: agreementView({ initiative: 'employee', nextDay: '2027-01-05' }),
    }),
    'evaluate wrong longest': evaluateCard(lang, {
      ...evaluation,
      agreement: long,
      occasion: 'early',
      chosen: { outcome1: 'works' },
      problems: { outcome2: { id: 'outcome' }, next: { id: 'dayTomorrow' } },
      notice: LONG_TEXT,
    }),
    'evaluate nothing left': evaluateCard(lang, {
      ...evaluation,
      agreement: agreementView({
        items: [
          { id: '1', who: 'hr', what: 'Rooster aanpassen', from: null, by: '2027-01-15', outcome: 'stop' },
        ],
      }),
    }),
    rewrite: rewriteCard(lang, {
      agreement: long,
      chosen: chosenAll('adjust'),
      items: long.items.map(({ what, from, by }, index) => ({
        index,
        what,
        from: from ?? '',
        by: by ?? '',
      })),
      problems: { what1: { id: 'itemWhat' }, by2: { id: 'dayPast' } },
      notice: LONG_TEXT,
    }),
    move: moveCard(lang, { agreement, day: '2027-01-13', problems: {}, notice: '', today: TODAY }),
    'move asked meanwhile': moveCard(lang, {
      agreement: asked,
      day: '2027-01-13',
      problems: {},
      notice: format(lang, messagesFor(lang).agreement.askedForm, { name: 'Sanne' }),
      today: TODAY,
    }),
    'move wrong': moveCard(lang, {
      agreement: long,
      notice: LONG_TEXT,
      day: '2027-01-01',
      problems: { day: { id: 'dayTomorrow' } },
      today: TODAY,
    }),
    landed: landedCard(lang, agreement),
    'landed longest': landedCard(lang, long),
    'landed done': landedAnsweredCard(lang, agreement, ''),
    'landed later': landedAnsweredCard(lang, agreement, '2027-01-15'),
    resting: restingCard(lang, agreement, REST),
    'resting longest': restingCard(lang, long, REST),
    'resting of who is not in Teams': restingCard(lang, agreementView({ answer: 'not-shared' }), REST),
    'rested seen by manager': restedCard(lang, long, { manager: null, until: GOES }),
    'rested seen by employee': restedCard(lang, long, { manager: PERSON, until: GOES }),
    unreachable: unreachableCard(lang, long),
    initiative: initiativeCard(lang, agreementView({ initiative: 'employee' }), PERSON),
    'shared new': sharedCard(lang, { agreement, manager: PERSON, notice: '' }),
    'shared with a request': sharedCard(lang, { agreement: asked, manager: PERSON, notice: '' }),
    'shared with an answer': sharedCard(lang, {
      agreement: agreementView({ version: 2, changeAsked: { ...ASKED, reply: 'soon' } }),
      manager: PERSON,
      notice: '',
    }),
    'shared with a proposal': sharedCard(lang, {
      agreement: agreementView({ version: 2, changeAsked: { ...ASKED, reply: 'proposed' } }),
      manager: PERSON,
      notice: '',
    }),
    'shared closed': sharedCard(lang, {
      agreement: agreementView({ version: 2, status: 'closed', answer: 'confirmed' }),
      manager: PERSON,
      notice: '',
    }),
    'shared with a request that was discussed': sharedCard(lang, {
      agreement: agreementView({
        version: 3,
        answer: 'on-its-way',
        changeAsked: { ...ASKED, handledAt: '2027-01-12T09:00:00.000Z', reply: null },
      }),
      manager: PERSON,
      notice: '',
    }),
    'shared longest': sharedCard(lang, { agreement: long, manager: PERSON, notice: LONG_TEXT }),
    'change empty': changeCard(lang, change),
    'change wrong longest': changeCard(lang, {
      ...change,
      agreement: long,
      note: LONG_TEXT,
      changeProblem: 'choose',
      noteProblem: 'long',
    }),
    'change of what changed meanwhile': changeCard(lang, {
      ...change,
      note: 'Liever om tien uur',
      notice: messagesFor(lang).about.changedForm,
    }),
    'change screened': changeCard(lang, {
      ...change,
      note: 'Vanwege mijn burn-out',
      noteProblem: 'screened',
      refused: ['burn-out', LONG_TEXT],
    }),
    'answered confirmed': answeredCard(lang, agreementView({ answer: 'confirmed' })),
    'answered change': answeredCard(lang, long),
    digest: digestCard(lang, TODAY, [
      { kind: 'evaluation', agreement, manager: PERSON, done: false },
      { kind: 'evaluation-initiative', agreement, manager: PERSON, done: true },
      { kind: 'landed', agreement: long, manager: PERSON, done: false },
      { kind: 'agreement-resting', agreement, rest: REST, manager: PERSON, done: false },
      { kind: 'agreement-resting', agreement: long, rest: null, manager: PERSON, done: true },
    ]),
    'digest of a long day': digestCard(
      lang,
      TODAY,
      Array.from({ length: 40 }, () => ({
        kind: 'evaluation' as const,
        agreement: long,
        manager: PERSON,
        done: false,
      })),
    ),
    'evaluate from a digest': withWayBack(evaluateCard(lang, { ...evaluation, agreement: long }), TODAY),
    'agreement from a digest': withWayBack(
      agreementCard(lang, { agreement: long, notice: LONG_TEXT, closing: null }),
      TODAY,
    ),
    notice: noticeCard(lang, 'Kopje Koffie', LONG_TEXT),
    ...knowledgeCards(lang),
    ...coffeeCards(lang),
  };
}

function coffeeCards(lang: Lang): Record<string, Card> {
  const person = {
    id: 'name-1',
    version: 3,
    name: 'Anouk',
    rhythm: 'two-weekly',
    lastDay: '2026-12-29',
    nextDay: TODAY,
    coffees: 1,
  };
  const typed = {
    notice: '',
    day: '',
    until: '',
    dayWrong: false,
    untilWrong: false,
    from: '2027-01-13',
    last: '2028-01-13',
    reminder: false,
  };
  const long = { ...person, name: LONG_NAME, lastDay: null, nextDay: '2026-01-12', coffees: 11 };
  const nothingTyped = { known: '', names: '', person: '', personName: '', sameAs: '', rhythm: 'two-weekly' };
  const add = {
    id: ID,
    typed: nothingTyped,
    people: [],
    questions: [],
    account: [],
    split: false,
    problems: {},
  };
  return {
    ...momentCards(lang),
    ...recordsCards(lang),
    ...overviewCards(lang),
    ...Object.fromEntries(
      MONTHLY_KINDS.flatMap((kind) =>
        allTopics(kind).map(({ id }, at) => [`${kind} ${id}`, monthlyCard(lang, kind, monthOf(at))]),
      ),
    ),
    figures: figuresCard(lang, FIGURES),
    'figures with scans': figuresCard(lang, FIGURES, {
      count: 10,
      lowest: [
        { id: 'workload', mean: 1.5 },
        { id: 'safety', mean: 2.5 },
        { id: 'fairness', mean: 3 },
      ],
    }),
    ...leaverCards(lang),
    ...removalCards(lang),
    ...scanCards(lang, { today: TODAY, person: PERSON, longName: LONG_NAME }),
    ...requestCards(lang, { today: TODAY, id: ID, person: PERSON, longName: LONG_NAME }),
    'figures of few': figuresCard(lang, [{ ...NOTHING_SHOWN, month: '2026-12' }]),
    settings: settingsCard(lang, {
      typed: {
        time: '09:00',
        days: '1,2,3,4,5',
        zone: 'Europe/Amsterdam',
        language: 'auto',
        until: '',
        kinds: '',
        coffee: 'yes',
        landed: 'no',
        selfLook: 'yes',
        teamSubject: 'no',
      },
      zones: ZONES,
      wrong: [],
      notice: messagesFor(lang).settings.saved,
      unsaved: null,
      from: '2027-01-13',
      last: '2028-01-13',
      forHr: false,
    }),
    'settings wrong': settingsCard(lang, {
      typed: {
        time: '',
        days: '',
        zone: '',
        language: '',
        until: '',
        kinds: '',
        coffee: '',
        landed: '',
        selfLook: '',
        teamSubject: '',
      },
      zones: ['America/Argentina/Buenos_Aires', ...ZONES],
      wrong: ['time', 'days', 'zone', 'language', 'until', 'kinds'],
      notice: '',
      unsaved: { why: messagesFor(lang).settings.problems, now: null },
      from: '2027-01-13',
      last: '2028-01-13',
      forHr: true,
    }),
    'settings changed elsewhere': settingsCard(lang, {
      typed: {
        time: '08:00',
        days: '1,2',
        zone: 'Europe/Amsterdam',
        language: 'nl',
        until: '',
        kinds: '',
        coffee: 'yes',
        landed: 'no',
        selfLook: 'yes',
        teamSubject: 'no',
      },
      zones: ZONES,
      wrong: [],
      notice: '',
      unsaved: {
        why: messagesFor(lang).settings.conflict,
        now: {
          time: '17:30',
          days: '1,2,3,4,5',
          zone: 'America/Paramaribo',
          language: 'auto',
          until: '2027-02-01',
          kinds: '',
          coffee: 'no',
          landed: 'yes',
          selfLook: 'no',
          teamSubject: 'yes',
        },
      },
      from: '2027-01-13',
      last: '2028-01-13',
      forHr: false,
    }),
    'coffee list empty': coffeeListCard(lang, { people: [], page: 0, today: TODAY, notice: '' }),
    'coffee list one': coffeeListCard(lang, { people: [person], page: 0, today: TODAY, notice: '' }),
    'coffee list after one': coffeeListCard(lang, {
      people: [person],
      page: 0,
      today: TODAY,
      notice: format(lang, messagesFor(lang).coffee.doneNotice, { name: 'Anouk', day: longDay(lang, TODAY) }),
      undo: UNDO,
    }),
    'coffee person done': coffeePersonCard(lang, { ...PERSON_OF_COFFEE, person, undo: UNDO }),
    'coffee list of a year ago and two of a name': coffeeListCard(lang, {
      people: [
        { ...person, lastDay: null, nextDay: '2026-01-12' },
        { ...person, id: 'name-2', lastDay: '2026-01-05', nextDay: '2026-02-02' },
        { ...person, id: 'name-3', name: 'Bas', lastDay: '2027-01-05', nextDay: TODAY },
      ],
      page: 0,
      today: TODAY,
      notice: '',
    }),
    'coffee list pages': coffeeListCard(lang, {
      people: [long, person, ...Array.from({ length: 20 }, () => ({ ...long, nextDay: '2027-09-22' }))],
      page: 1,
      today: TODAY,
      notice: LONG_TEXT,
    }),
    'coffee person': coffeePersonCard(lang, { ...typed, person }),
    'coffee reminder': coffeePersonCard(lang, { ...typed, person, reminder: true }),
    'coffee not delivered': coffeePersonCard(lang, {
      ...typed,
      person: { ...person, undeliveredOccasion: person.nextDay },
    }),
    'coffee person longest wrong': coffeePersonCard(lang, {
      ...typed,
      person: long,
      notice: LONG_TEXT,
      day: '2027-01-01',
      until: '2099-01-01',
      dayWrong: true,
      untilWrong: true,
      reminder: true,
    }),
    'coffee add': coffeeAddCard(lang, add),
    'coffee add with list': coffeeAddCard(lang, { ...add, people: NAMESAKES }),
    'coffee add wrong': coffeeAddCard(lang, {
      ...add,
      typed: { ...add.typed, person: 'Joris', rhythm: '' },
      problems: {
        names: { id: 'noNames' },
        person: { id: 'notAPerson' },
        personName: { id: 'nameForPerson' },
        rhythm: { id: 'choose' },
      },
    }),
    'coffee add asks who': coffeeAddCard(lang, {
      ...add,
      typed: { ...add.typed, names: 'Jan\nJan Smit', person: PERSON, personName: 'Jan' },
      people: NAMESAKES,
      questions: [{ name: 'Jan', candidates: NAMESAKES.map(({ member }) => member.id), answer: 'name-2' }],
      account: ['name-2', 'name-3'],
      problems: { names: { id: 'whichName' }, sameAs: { id: 'which' } },
    }),
    'coffee add split': coffeeAddCard(lang, {
      ...add,
      typed: { ...add.typed, names: 'Joris\nPiet' },
      split: true,
      problems: { names: { id: 'split' } },
    }),
    'coffee add long': coffeeAddCard(lang, {
      ...add,
      typed: { ...add.typed, names: `${LONG_NAME}\n`.repeat(50), person: PERSON, personName: LONG_NAME },
      problems: { names: { id: 'nameScreened', values: { name: LONG_NAME, words: LONG_TEXT } } },
    }),
    'digest with coffee': digestCard(lang, TODAY, [
      { kind: 'coffee', member: person, manager: PERSON, done: false },
      { kind: 'coffee', member: long, manager: PERSON, done: true },
    ]),
  };
}

function recordsCards(lang: Lang): Record<string, Card> {
  const scanRecord = {
    kind: 'scan',
    id: 'BCDFG',
    name: 'Burgerzaken',
    managerName: 'Mila de Wit',
    status: 'open',
    since: '2027-01-12',
    lastDay: '2027-01-26',
    goes: '2029-01-26',
  } as const;
  const one = {
    kind: 'agreement',
    id: ID,
    manager: PERSON,
    managerName: 'Mila de Wit',
    since: '2027-01-08',
    until: null,
    removalBy: null,
  } as const;
  const long = { ...one, managerName: LONG_NAME, until: '2028-09-22' };
  return {
    'records none': recordsCard(lang, [], { asked: 0 }),
    'records none that can be read': recordsCard(lang, [], { asked: 0, unreadable: true }),
    'records of a name alone': recordsCard(
      lang,
      [
        {
          kind: 'place',
          id: 'name-1',
          manager: PERSON,
          refused: false,
          number: null,
          managerName: 'Mila de Wit',
          name: 'San',
          since: '2027-01-08',
        },
      ],
      { asked: 0, unreadable: true },
    ),
    records: recordsCard(lang, [one, { ...one, id: 'agreement-2', until: '2028-01-08' }], { asked: 0 }),
    'records asked and removed': recordsCard(
      lang,
      [
        { ...one, removalBy: '2027-02-12' },
        { ...long, removalBy: '2027-02-12' },
        {
          kind: 'removed',
          of: 'agreement',
          id: 'agreement-3',
          managerName: LONG_NAME,
          since: '2027-01-08',
          removedOn: '2027-02-10',
        },
        {
          kind: 'removed',
          of: 'moment',
          id: 'moment-3',
          managerName: '',
          since: '2027-01-08',
          removedOn: '2027-02-10',
        },
        {
          kind: 'place',
          id: 'name-1',
          manager: PERSON,
          refused: true,
          number: null,
          managerName: 'Mila de Wit',
          name: 'San',
          since: '2027-01-08',
        },
      ],
      { asked: 0 },
    ),
    'records coffee and moments': recordsCard(
      lang,
      [
        {
          kind: 'coffee',
          name: 'San',
          id: 'name-1',
          manager: PERSON,
          number: '4f9e0b1a-1111-4222-8333-444455556666',
          managerName: 'Mila de Wit',
          since: '2027-01-08',
          rhythm: 'weekly',
          lastDay: '2027-01-05',
          nextDay: TODAY,
        },
        {
          kind: 'coffee',
          name: 'San',
          id: 'name-2',
          manager: PERSON,
          number: null,
          managerName: '',
          since: null,
          rhythm: null,
          lastDay: TODAY,
          nextDay: null,
        },
        {
          kind: 'moment',
          id: 'moment-1',
          name: 'San',
          manager: PERSON,
          requestBy: '2027-02-12',
          managerName: LONG_NAME,
          since: '2027-01-08',
          moment: 'leave',
          from: '2027-02-01',
          until: '2027-04-30',
          goes: '2027-08-12',
        },
      ],
      { asked: 0 },
    ),
    'records of a scan alone': recordsCard(lang, [scanRecord], { asked: 0 }),
    'records of scans': recordsCard(
      lang,
      [
        one,
        scanRecord,
        { ...scanRecord, id: 'BCDFH', status: 'closed', since: '2026-07-12' },
        { ...scanRecord, id: 'BCDFJ', name: LONG_NAME, managerName: LONG_NAME, status: 'dropped' },
      ],
      { asked: 0 },
    ),
    'records pages': recordsCard(
      lang,
      Array.from({ length: 20 }, () => long),
      { asked: 1 },
    ),
    'records export': exportRecordsCard(lang, [exported(agreementView())], { asked: 0 }),
    'records export in the place of a file': exportRecordsCard(
      lang,
      [exported(agreementView()), exported(agreementView())],
      { asked: 0, notice: messagesFor(lang).export.noFiles, unreadable: true },
    ),
    ...Object.fromEntries(
      tracesOfAll(lang).map((one, at) => [
        `records export trace ${one.recorded.kind} ${at}`,
        exportRecordsCard(lang, [one], { asked: 0, unreadable: at === 0 }),
      ]),
    ),
    'export ways': waysCard(lang),
    'export asked': fileAskedCard(lang),
    'export not saved': fileNotSavedCard(lang, 'document', 'failed'),
    'export used': fileNotSavedCard(lang, 'data', 'used'),
    'export uncertain': fileNotSavedCard(lang, 'document', 'uncertain'),
    'records export of years': exportRecordsCard(lang, [ofYears(longAgreementView())], { asked: 1 }),
    'records export of years as kept': exportRecordsCard(lang, [ofYears(longAgreementView())], { asked: 50 }),
    'records export longest': exportRecordsCard(
      lang,
      Array.from({ length: 9 }, () => exported(longAgreementView())),
      { asked: 1, notice: messagesFor(lang).export.noFiles, unreadable: true },
    ),
  };
}

/** What there is of somebody themselves, with much and with nothing. */
function tracesOfAll(lang: Lang): readonly Exported[] {
  const moment = { day: TODAY, time: '09:00' };
  const kinds = Object.keys(messagesFor(lang).export.kinds) as (keyof Messages['export']['kinds'])[];
  const none = { language: null, zone: null, time: null, days: [], off: [], monthly: [] } as const;
  const nowhere = { pausedUntil: null, address: null, installed: null, away: null } as const;
  const acts = Object.keys(messagesFor(lang).hr.auditDid);
  const by = Object.keys(messagesFor(lang).export.by) as (keyof Messages['export']['by'])[];
  const stands = Object.keys(
    messagesFor(lang).export.handoverState,
  ) as (keyof Messages['export']['handoverState'])[];
  const traces: readonly Trace[] = [
    { kind: 'account', known: false, listed: null, ...none, ...nowhere },
    {
      ...{
        kind: 'account',
        known: true,
        listed: true,
        language: 'nl',
        zone: 'Europe/Amsterdam',
        time: '09:00',
      },
      ...{ days: [1, 2, 7], off: ['coffee', 'landed'], monthly: ['self-look', 'team-subject'] },
      ...{ pausedUntil: TODAY, address: 'https://smba.example/emea/', installed: TODAY, away: TODAY },
    },
    { kind: 'sent', messages: [] },
    {
      kind: 'sent',
      messages: [{ ...moment, kinds }, ...kinds.map((kind) => ({ ...moment, kinds: [kind] }))],
    },
    { kind: 'planned', complete: true, reminders: [], waiting: [] },
    {
      kind: 'planned',
      complete: false,
      reminders: kinds.map((kind) => ({ ...moment, kind })),
      waiting: kinds,
    },
    { kind: 'acts', complete: true, acts: [] },
    {
      kind: 'acts',
      complete: false,
      acts: acts.flatMap((did) => by.map((one) => ({ ...moment, did, by: one, number: ID }))),
    },
    ...stands.map(
      (state, at): Trace => ({
        ...{ kind: 'handover', number: ID, state, askedOn: TODAY, stateOn: TODAY },
        part: at === 0 ? 'successor' : at === 1 ? 'hr' : 'leaver',
        what: at === 0 ? null : at === 1 ? 'delete' : 'move',
        leaverName: at === 0 ? '' : LONG_NAME,
        successorName: LONG_NAME,
      }),
    ),
  ];
  return traces.map((recorded) => ({ recorded, kept: { recorded } }));
}

/** An agreement in an export, evaluated twice. */
function exported(agreement: AgreementView): Exported {
  const outcomes = Object.fromEntries(agreement.items.map(({ id }) => [id, 'adjust' as const]));
  const evaluations = [
    { day: '2026-12-08', outcomes },
    { day: '2027-01-05', planned: '2027-01-04', outcomes },
  ];
  const days = { since: '2026-11-08', changed: TODAY, until: '2028-01-12', answered: '2026-11-09' };
  return {
    recorded: {
      kind: 'agreement',
      agreement: { ...agreement, answer: 'confirmed', evaluations },
      ...days,
    },
    kept: { ...agreement, evaluations },
  };
}

/** The same, evaluated each week for years. */
function ofYears(agreement: AgreementView): Exported {
  const { recorded, kept } = exported(agreement);
  if (recorded.kind !== 'agreement') return { recorded, kept };
  const [evaluation] = recorded.agreement.evaluations;
  const evaluations = Array.from({ length: 300 }, () => evaluation ?? { day: TODAY, outcomes: {} });
  return {
    recorded: { ...recorded, agreement: { ...recorded.agreement, evaluations } },
    kept: { ...agreement, evaluations },
  };
}

function overviewCards(lang: Lang): Record<string, Card> {
  const person = {
    id: 'name-1',
    version: 1,
    name: 'Anouk',
    rhythm: 'weekly',
    lastDay: null,
    nextDay: TODAY,
    coffees: 0,
  };
  const moment = {
    id: ID,
    version: 1,
    memberName: 'Karin',
    kind: 'leave' as const,
    from: '2027-03-01',
    until: '2027-06-21',
    contact: true,
    nextDay: '2027-02-01',
  };
  const longOnes = Array.from({ length: 500 }, (_, at) => ({
    kind: 'evaluation' as const,
    group: OPEN_GROUPS[at % OPEN_GROUPS.length] ?? 'later',
    day: '2026-01-12',
    agreement: longAgreementView(),
  })).sort((one, other) => OPEN_GROUPS.indexOf(one.group) - OPEN_GROUPS.indexOf(other.group));
  const members = Array.from({ length: 200 }, (_, at) => ({ id: `name-${at}`, name: `${LONG_NAME} ${at}` }));
  return {
    'overview empty': overviewCard(lang, { things: [], members: [], of: '', page: 0 }),
    'overview one': overviewCard(lang, {
      things: [{ kind: 'coffee', member: person, group: 'today', day: TODAY }],
      members: [person],
      of: '',
      page: 0,
    }),
    'overview of a week': overviewCard(lang, {
      things: [
        {
          kind: 'evaluation',
          agreement: agreementView({ nextDay: '2026-01-12' }),
          group: 'overdue',
          day: '2026-01-12',
        },
        { kind: 'coffee', member: person, group: 'today', day: TODAY },
        { kind: 'coffee', member: { ...person, id: 'name-2' }, group: 'week', day: '2027-01-14' },
        {
          kind: 'evaluation',
          agreement: agreementView({
            undelivered: { kind: 'evaluation', why: '403 ConversationBlockedByUser' },
          }),
          group: 'undelivered',
          day: '2027-02-01',
        },
        {
          kind: 'evaluation',
          agreement: agreementView({ answer: 'shared' }),
          group: 'waiting',
          day: '2027-02-01',
        },
        { kind: 'moment', moment, group: 'later', day: '2027-02-01' },
      ],
      members: [person, { id: 'name-2', name: 'Anouk' }],
      of: '',
      page: 0,
    }),
    'overview of somebody who left': overviewCard(lang, {
      things: [
        {
          kind: 'evaluation',
          agreement: agreementView({ nextDay: '2026-01-12', answer: 'waiting' }),
          group: 'overdue',
          day: '2026-01-12',
        },
        {
          kind: 'evaluation',
          agreement: agreementView({
            id: 'agreement-2',
            nextDay: '2027-02-01',
            answer: 'waiting',
          }),
          group: 'waiting',
          day: '2027-02-01',
        },
      ],
      members: [{ id: 'name-1', name: 'Sanne' }],
      of: '',
      page: 0,
    }),
    'overview longest': overviewCard(lang, { things: longOnes, members, of: 'name-3', page: 17 }),
  };
}

function momentCards(lang: Lang): Record<string, Card> {
  const moment = {
    id: ID,
    version: 1,
    memberName: 'Karin',
    kind: 'leave' as const,
    from: '2027-03-01',
    until: '2027-06-21',
    contact: true,
    nextDay: '2027-02-01',
  };
  const long = { ...moment, memberName: LONG_NAME, kind: 'extra' as const, nextDay: null };
  const shown = { nudges: [], notice: '', typed: null, reminder: false };
  const nudges = Object.keys(messagesFor(lang).moments.tips);
  const typed = { kind: '', known: '', name: '', person: '', sameAs: '', from: '', until: '', contact: 'no' };
  const form = { id: ID, typed, people: [], asked: [], problems: {}, whoProblems: {} };
  const kinds = MOMENT_KINDS.map((kind) => {
    const until = kind === 'leave' || kind === 'extra' ? moment.until : null;
    return [`moment of ${kind}`, momentCard(lang, { ...shown, moment: { ...moment, kind, until } })] as const;
  });
  return {
    ...Object.fromEntries(kinds),
    'moment not delivered': momentCard(lang, {
      ...shown,
      moment: { ...moment, undeliveredDay: moment.nextDay },
    }),
    'moment delete': deleteMomentCard(lang, moment),
    'moment delete longest': deleteMomentCard(lang, long),
    'moments empty': momentListCard(lang, { moments: [], page: 0, notice: '' }),
    'moments one': momentListCard(lang, { moments: [moment], page: 0, notice: '' }),
    'moments pages': momentListCard(lang, {
      moments: Array.from({ length: 20 }, () => long),
      page: 1,
      notice: LONG_TEXT,
    }),
    'moment form': momentFormCard(lang, form),
    'moment form with list': momentFormCard(lang, { ...form, people: NAMESAKES }),
    'moment form asks who': momentFormCard(lang, {
      ...form,
      typed: {
        ...typed,
        kind: 'leave',
        name: 'Jan',
        person: PERSON,
        from: '2027-03-01',
        until: '2027-06-21',
      },
      people: NAMESAKES,
      asked: NAMESAKES.map(({ member }) => member.id),
      whoProblems: { sameAs: { id: 'which' } },
    }),
    'moment form of what was saved otherwise': momentFormCard(lang, {
      ...form,
      typed: { ...typed, kind: 'start', name: 'Karin', from: '2027-03-01' },
      saved: ID,
    }),
    'moment form wrong': momentFormCard(lang, {
      ...form,
      typed: {
        ...typed,
        kind: 'x',
        name: LONG_NAME.repeat(3),
        from: '2020-01-01',
        until: '2020-01-01',
        contact: 'yes',
      },
      problems: { kind: 'kindWrong', from: 'fromWrong', until: 'untilWrong', contact: 'contactWrong' },
      whoProblems: { name: { id: 'nameLong', values: { max: NAME_MAX } } },
    }),
    ...Object.fromEntries(
      nudges.map((nudge) => [
        `moment nudge ${nudge}`,
        momentCard(lang, { ...shown, moment, nudges: [nudge], reminder: true }),
      ]),
    ),
    'moment wrong longest': momentCard(lang, {
      ...shown,
      moment: long,
      notice: LONG_TEXT,
      typed: { from: '2027-03-01', until: '', fromWrong: true, untilWrong: true },
    }),
    'digest with moments': digestCard(lang, TODAY, [
      {
        kind: 'moment',
        moment,
        nudges: ['leave-4w-before', 'leave-1w-before'],
        manager: PERSON,
        done: false,
      },
      { kind: 'moment', moment: long, nudges: ['extra-end'], manager: PERSON, done: true },
    ]),
  };
}

/** Three answers that take the most room, one for each of what a card of answers shows of them. */
function longestAnswers(lang: Lang): readonly Answer[] {
  const letters = ({ id }: Answer) => Object.values(answerWords(lang, id)).join('').length;
  return allAnswers()
    .toSorted((one, other) => letters(other) - letters(one))
    .slice(0, 3);
}

function knowledgeCards(lang: Lang): Record<string, Card> {
  const listed = SUBJECT_GROUPS.flatMap(({ subjects }) => subjects).filter((one) => one.do === undefined);
  const costs = { employees: '1.000', percentage: '5,2', dayCost: '400', burnouts: '3' };
  const wrong = { employees: LONG_NAME.slice(0, 12), percentage: '', dayCost: '-1', burnouts: 'x' };
  const any = { theme: '', level: '', effect: '' };
  const first = allMeasures()[0];
  const steps = messagesFor(lang).absenceWeeks.steps;
  return {
    subjects: subjectsCard(lang),
    ...Object.fromEntries(listed.map((one) => [`subject ${one.id}`, subjectCard(lang, one)])),
    ...Object.fromEntries(allPieces().map((piece) => [`piece ${piece.id}`, pieceCard(lang, piece)])),
    ...Object.fromEntries(allAnswers().map((one) => [`answer ${one.id}`, answerCard(lang, one)])),
    'choose nearest': nearestCard(
      lang,
      longestAnswers(lang).map(({ id }) => ({ answer: id })),
    ),
    'choose otherwise': otherwiseCard(lang),
    choose: chooseCard(lang, [
      { intent: 'own-control' },
      { intent: 'absence' },
      { piece: allPieces()[0]?.id ?? '' },
    ]),
    'choose answers': chooseCard(
      lang,
      longestAnswers(lang).map(({ id }) => ({ answer: id })),
    ),
    ...Object.fromEntries(
      longestAnswers(lang).map((one, _, all) => [
        `answer beside others ${one.id}`,
        answerCard(
          lang,
          one,
          all.flatMap(({ id }) => (id === one.id ? [] : [{ answer: id }])),
        ),
      ]),
    ),
    'piece beside others': pieceCard(lang, allPieces()[0] as Piece, [
      ...longestAnswers(lang)
        .slice(1)
        .map(({ id }) => ({ answer: id })),
    ]),
    'checklist empty': checklistCard(lang, { ticks: {}, step: 0 }),
    ...Object.fromEntries(
      SIGNAL_STEPS.map((_, step) => [
        `checklist all ticked ${step + 1}`,
        checklistCard(lang, { ticks: ALL_TICKED, step }),
      ]),
    ),
    'checklist not understood': checklistCard(lang, { ticks: { since: 'jaren' }, step: 4, unread: true }),
    ...Object.fromEntries(
      (['none', 'one', 'few', 'spread'] as const).map((breadth) => [
        `weighed ${breadth}`,
        weighedCard(lang, { breadth, long: breadth === 'spread', changed: breadth !== 'few' }, ALL_TICKED),
      ]),
    ),
    ...Object.fromEntries(
      ['', 'y', 'yn', 'yny', 'ynyn', 'ynyny', 'ynynyn', 'ynynyny'].map((answers) => [
        `check question ${answers.length + 1}`,
        questionCard(lang, answers),
      ]),
    ),
    'check outcome none': outcomeCard(lang, []),
    'check outcome all': outcomeCard(
      lang,
      messagesFor(lang).check.questions.map((one) => one.leads),
    ),
    'absence form': absenceFormCard(lang, { day: '', wrong: false, from: '2024-01-13', until: '2030-01-11' }),
    'absence form wrong': absenceFormCard(lang, {
      day: '1999-01-01',
      wrong: true,
      from: '2024-01-13',
      until: '2030-01-11',
    }),
    'absence weeks': weeksCard(lang, {
      day: '2026-11-02',
      today: TODAY,
      steps: steps.map(({ id, from, to }) => ({
        id,
        from: from < 9 ? '2026-12-14' : '2027-09-22',
        until: to < 9 ? '2026-12-14' : from === to ? '2027-09-22' : '2027-10-06',
      })),
    }),
    'absence weeks over': weeksCard(lang, {
      day: '2024-01-08',
      today: TODAY,
      steps: steps.map(({ id }) => ({ id, from: '2026-01-05', until: '2026-01-05' })),
    }),
    'absence week 6': weekCard(lang, 6),
    'absence week 30': weekCard(lang, 30),
    'absence week 91': weekCard(lang, 91),
    'absence week 120': weekCard(lang, 120),
    'costs form': costsFormCard(lang, { ...costs, employees: '' }, []),
    'costs form wrong': costsFormCard(lang, wrong, ['employees', 'percentage', 'dayCost', 'burnouts']),
    'costs sum': sumCard(lang, {
      filled: costs,
      costs: { employees: 1_000, percentage: 5.2, dayCost: 400, burnouts: 3 },
      sum: { absence: 5_408_000, from: 3_380_000, until: 5_408_000, burnouts: 135_000 },
      fixed: { low: 250, high: 400, burnout: 45_000, days: 260 },
    }),
    'costs sum most': sumCard(lang, {
      filled: costs,
      costs: { employees: 1_000_000, percentage: 99.9999, dayCost: 1_000, burnouts: 1_000_000 },
      sum: { absence: 2.6e11, from: 6.5e10, until: 1.04e11, burnouts: 4.5e10 },
      fixed: { low: 250, high: 400, burnout: 45_000, days: 260 },
    }),
    'finder empty': finderCard(lang, any),
    'found all': foundCard(lang, { search: any, measures: allMeasures(), page: 1 }),
    'found some': foundCard(lang, {
      search: { theme: first?.theme ?? '', level: 'team', effect: 'drain' },
      measures: allMeasures().slice(0, 3),
      page: 0,
    }),
    'found none': foundCard(lang, { search: any, measures: [], page: 0 }),
  };
}

function removalCards(lang: Lang): Record<string, Card> {
  const asked = { askedAt: '2027-01-12T09:00:00.000Z', by: '2027-02-12', kept: null };
  const kept = { ...asked, kept: 'in-use' } as const;
  const long = longAgreementView({ removal: asked });
  const decision = { agreement: agreementView({ removal: asked }), removal: asked, why: '', problem: false };
  const manager = PERSON;
  return {
    'removal ask': askRemovalCard(lang, { agreement: agreementView(), manager, by: asked.by }),
    'removal ask longest': askRemovalCard(lang, { agreement: long, manager, by: asked.by }),
    'removal waiting': sharedCard(lang, {
      agreement: agreementView({ removal: asked, answer: 'confirmed' }),
      manager,
      notice: format(lang, messagesFor(lang).removal.sent, { by: longDay(lang, asked.by) }),
    }),
    'removal kept seen by employee': sharedCard(lang, {
      agreement: agreementView({ removal: kept }),
      manager,
      notice: '',
    }),
    'removal longest seen by employee': sharedCard(lang, { agreement: long, manager, notice: '' }),
    'removal seen by manager': agreementCard(lang, {
      agreement: agreementView({ removal: asked }),
      notice: '',
      closing: null,
    }),
    'removal longest seen by manager': agreementCard(lang, { agreement: long, notice: '', closing: null }),
    'removal of closed seen by manager': agreementCard(lang, {
      agreement: agreementView({ removal: asked, status: 'closed' }),
      notice: '',
      closing: null,
    }),
    'removal kept seen by manager': agreementCard(lang, {
      agreement: agreementView({ removal: kept }),
      notice: format(lang, messagesFor(lang).removal.keptDone, { name: 'Sanne' }),
      closing: null,
    }),
    'removal decide': decideRemovalCard(lang, decision),
    'removal decide longest without reason': decideRemovalCard(lang, {
      ...decision,
      agreement: long,
      problem: true,
    }),
    'removal sure': sureOfRemovalCard(lang, agreementView(), { removal: asked, employee: PERSON }),
    'removal sure longest': sureOfRemovalCard(lang, long, { removal: asked, employee: PERSON }),
    'removal removed before': removedBeforeCard(lang),
    'removal done': removedCard(lang, 'Sanne'),
    'removal granted': removalGrantedCard(lang, { managerName: LONG_NAME, months: 12 }),
    'removal kept': removalKeptCard(lang, agreementView({ removal: kept }), manager),
    'removal late': removalLateCard(lang, long, manager),
    'digest with removal': digestCard(lang, TODAY, [
      { kind: 'removal-due', agreement: agreementView({ removal: asked }), manager, done: false },
      { kind: 'removal-due', agreement: long, manager, done: true },
    ]),
  };
}

const HANDOVER_STATES = ['waiting', 'confirmed', 'objected', 'underway', 'stopped', 'done'] as const;

function aHandover(changes: Partial<HandoverView> = {}): HandoverView {
  return {
    ...{ id: ID, leaver: PERSON, leaverName: 'Mila de Wit', what: 'move', successorName: 'Ahmed Yilmaz' },
    ...{ state: 'waiting', askedOn: TODAY, until: '2027-01-19', stateOn: TODAY, leftOwn: false },
    ...changes,
  };
}

/** In each state, to HR and to the leaver, of both kinds. */
function handoverCards(lang: Lang): Record<string, Card> {
  const { notice } = messagesFor(lang).leaver;
  const long = { leaverName: LONG_NAME, successorName: LONG_NAME } as const;
  const may = { confirm: true, stop: true };
  const none = { confirm: false, stop: false };
  const toEither = HANDOVER_STATES.flatMap((state): [string, Card][] => [
    [`handover ${state}`, requestCard(lang, { handover: aHandover({ state }), may, notice: '' })],
    [`handover to leaver ${state}`, announcedCard(lang, aHandover({ state }))],
    [
      `handover deleting to leaver ${state}`,
      announcedCard(
        lang,
        aHandover({ state, what: 'delete', successorName: '', ...(state === 'done' ? {} : long) }),
      ),
    ],
  ]);
  return {
    ...Object.fromEntries(toEither),
    'handover longest': requestCard(lang, {
      handover: aHandover({ ...long, leftOwn: true }),
      may,
      notice: notice.other,
    }),
    'handover of nobody known': requestCard(lang, {
      handover: aHandover({
        leaverName: '',
        what: 'delete',
        successorName: '',
        state: 'done',
        leftOwn: true,
      }),
      may: none,
      notice: notice.aboutYou,
    }),
    'handover to leaver longest': announcedCard(lang, aHandover(long)),
  };
}

function leaverCards(lang: Lang): Record<string, Card> {
  const empty = { leaver: '', what: 'move', successor: '', name: '' };
  const filled = { ...empty, leaver: PERSON, successor: ID, name: 'Ahmed Yilmaz' };
  const longest = { ...filled, name: LONG_NAME };
  const leaverName = 'Mila de Wit';
  return {
    'leaver form': leaverFormCard(lang, empty, { problems: {}, requests: [] }),
    'leaver form with requests': leaverFormCard(lang, empty, {
      problems: {},
      requests: HANDOVER_STATES.map((state) => aHandover({ state })),
    }),
    'leaver form wrong longest': leaverFormCard(lang, longest, {
      problems: {
        leaver: 'leaverSelf',
        what: 'what',
        successor: 'successorSelf',
        name: 'nameScreened',
        words: 'burn-out',
      },
      requests: Array.from({ length: 9 }, () =>
        aHandover({ leaverName: LONG_NAME, successorName: LONG_NAME }),
      ),
    }),
    'leaver ask move': leaverAskCard(lang, { typed: filled, leaverName, open: true }),
    'leaver ask move longest': leaverAskCard(lang, { typed: longest, leaverName: LONG_NAME, open: true }),
    'leaver ask delete': leaverAskCard(lang, {
      typed: { ...empty, leaver: PERSON, what: 'delete' },
      leaverName,
      open: true,
    }),
    'leaver ask nothing open': leaverAskCard(lang, { typed: filled, leaverName: '', open: false }),
    ...handoverCards(lang),
    'agreement moved': sharedCard(lang, {
      agreement: agreementView({ managerName: 'Ahmed Yilmaz', movedFrom: 'Mila de Wit', version: 2 }),
      manager: PERSON,
      notice: '',
    }),
    'agreements deleted': deletedCard(lang, 'Mila de Wit'),
    'agreements closed': closedCard(lang, { former: 'Mila de Wit', months: 12 }),
    'agreements taken over': takenOverCard(lang, LONG_NAME),
  };
}

const NOTHING_SHOWN = { conversations: null, agreements: null, held: null, onTime: null, coffees: null };
/** A year in which more and more is recorded: from nothing that can be shown to numbers of four digits. */
const FIGURES: readonly MonthView[] = Array.from({ length: 12 }, (_, at) => ({
  month: `2026-${String(12 - at).padStart(2, '0')}`,
  ...NOTHING_SHOWN,
  ...(at < 9 ? { conversations: 45 - 5 * at, agreements: at === 0 ? 1_240 : 90 - 5 * at } : {}),
  ...(at < 6 ? { held: 60 - 5 * at, coffees: 205 - 10 * at } : {}),
  ...(at < 4 ? { onTime: 55 - 5 * at } : {}),
}));

const ALL_TICKED = {
  ...Object.fromEntries(SIGNAL_GROUPS.map((group) => [group, '0,1,2'])),
  since: 'months',
  changed: 'yes',
} as Ticks;

function chosenAll(outcome: string) {
  return {
    outcome1: outcome,
    outcome2: outcome,
    outcome3: outcome,
    outcome4: outcome,
    outcome5: outcome,
    next: '2027-01-26',
  };
}
