import { ANSWER_STEPS, MEET_PARTS, type ScanMeasuresTyped } from '../../cards/actions.js';
import { CHARACTERISTICS } from '../../cards/content/characteristics.js';
import type { Lang } from '../../cards/content/words.js';
import { digestCard, type ScanItem } from '../../cards/digest/digest.card.js';
import { overviewCard } from '../../cards/overview/overview.card.js';
import type { Card } from '../../cards/render.js';
import { answerCard, askCard, NO_ANSWERS } from '../../cards/scan/answer.card.js';
import { characteristicCard } from '../../cards/scan/characteristic.card.js';
import { SCAN_NAME_MAX, scanFormCard, scanUnavailableCard, tooFewCard } from '../../cards/scan/form.card.js';
import { scanHomeCard } from '../../cards/scan/home.card.js';
import { type ManagedScan, managedScanCard, sureCard, unreachedCard } from '../../cards/scan/manager.card.js';
import {
  agreedCard,
  evaluateScanCard,
  MEASURE_MAX,
  measuresFormCard,
} from '../../cards/scan/measures.card.js';
import { agendaCard, meetPartCard } from '../../cards/scan/meet.card.js';
import { scanAgainCard, scanAgreedNewsCard, scanClosedCard } from '../../cards/scan/news.card.js';
import { compareCard, type OutcomeRowView, outcomeCard } from '../../cards/scan/outcome.card.js';

const ID = 'BCDFG';
const GROUPS = [
  { from: 1, to: 2, tenths: 4 },
  { from: 3, to: 3, tenths: 3 },
  { from: 4, to: 5, tenths: 3 },
];
/** Every kind of line: the lowest, the highest, camps, one that the team named, one with too few figures. */
const ROWS: readonly OutcomeRowView[] = CHARACTERISTICS.map((id, at) => ({
  id,
  mean: at === CHARACTERISTICS.length - 1 ? null : Math.min(4.5, 1.5 + at / 2),
  groups: at % 2 === 0 ? GROUPS : [],
  top: at < 3 ? at + 1 : null,
}));

/** Every state of the cards of a team scan. */
export function scanCards(
  lang: Lang,
  { today, person, longName }: Record<'today' | 'person' | 'longName', string>,
): Record<string, Card> {
  const name = longName.slice(0, SCAN_NAME_MAX);
  const asked = { id: ID, name: 'Burgerzaken', managerName: 'Mila de Wit', lastDay: '2027-01-26' };
  const longest = { ...asked, name, managerName: longName };
  const line = { id: ID, name: 'Burgerzaken', lastDay: '2027-01-26', status: 'open', nextDay: null } as const;
  const listed = { ...line, askedBy: null };
  const news = { ...line, droppedWhy: null };
  const home = { scans: [], notice: '', code: '', codeProblem: '' };
  const typed = { name: 'Burgerzaken', known: '', people: '', lastDay: '2027-01-26' };
  const form = {
    id: 'form-1',
    before: '',
    typed,
    people: [],
    problems: {},
    notice: '',
    tomorrow: '2027-01-13',
  };
  const wrong = longName.repeat(2);
  const managed: ManagedScan = {
    id: ID,
    name: 'Burgerzaken',
    asked: 7,
    answered: 3,
    lastDay: '2027-01-26',
    status: 'open',
    droppedWhy: null,
    closedOn: null,
    counted: null,
    hasMeasures: false,
    nextDay: null,
    hasBefore: false,
    mayAskAgain: false,
  };
  const closed: ManagedScan = {
    ...managed,
    status: 'closed',
    answered: null,
    closedOn: '2027-01-27',
    counted: 7,
  };
  const answers = { id: ID, answers: NO_ANSWERS, step: 0, chosen: '', problem: 'none' } as const;
  const filled = { ...answers, answers: '1234501234501', chosen: 'workload,recovery,fairness' };
  const outcome = {
    id: ID,
    name: 'Burgerzaken',
    outcome: { answered: 7, rows: ROWS },
    page: 0,
    isManager: true,
    hasMeasures: true,
    mayCompare: true,
  };
  const meet = {
    ...{ id: ID, subjects: CHARACTERISTICS.slice(0, 3), chosen: 'workload,growth,fairness' },
    ...{ hasOutcome: true, hasMeasures: true, tooMany: false },
  };
  const without = { ...meet, id: '', chosen: '', hasOutcome: false, hasMeasures: false };
  const nothing = Object.fromEntries(
    [1, 2, 3, 4, 5].flatMap((at) => [
      [`what${at}`, ''],
      [`who${at}`, ''],
      [`by${at}`, ''],
    ]),
  );
  const measuresTyped = { ...nothing, next: '' } as ScanMeasuresTyped;
  const measuresForm = {
    ...{ id: ID, version: 2, rows: 2, typed: measuresTyped, problems: {}, problem: '', notice: '' },
    ...{ today, tomorrow: '2027-01-13' },
  };
  const full = Object.fromEntries(
    [1, 2, 3, 4, 5].flatMap((at) => [
      [`what${at}`, wrong.slice(0, MEASURE_MAX.what)],
      [`who${at}`, wrong.slice(0, MEASURE_MAX.who)],
      [`by${at}`, '2027-02-01'],
    ]),
  );
  const fullForm = {
    ...measuresForm,
    typed: { ...full, next: '2027-03-01' } as ScanMeasuresTyped,
    problems: Object.fromEntries(Object.keys(full).map((field) => [field, wrong.slice(0, 80)])),
    notice: name,
  };
  const measures = [1, 2, 3, 4, 5].map((at) => ({
    id: String(at),
    what: wrong.slice(0, MEASURE_MAX.what),
    who: wrong.slice(0, MEASURE_MAX.who),
    by: at === 1 ? null : '2027-02-01',
    outcome: ([null, 'works', 'adjust', 'stop', null] as const)[at - 1] ?? null,
  }));
  const agreed = { id: ID, version: 3, name, measures, nextDay: '2027-03-01', isManager: true, notice: '' };
  const evaluation = {
    ...agreed,
    chosen: { outcome2: 'works' },
    next: '',
    problems: { outcome1: 'x', next: 'x' },
    tomorrow: today,
  };
  const item = (task: ScanItem['task'], done = false): ScanItem => ({
    kind: 'scan-due',
    task,
    scan: { ...longest, ...agreed },
    manager: person,
    done,
  });
  const rows = ROWS.map(({ id, mean }, at) => ({
    id,
    before: at === 0 ? null : mean,
    now: mean,
    change: mean === null || at === 0 ? null : (at % 3) / 2 - 0.5,
  }));
  const each = <Key extends string>(keys: readonly Key[], make: (key: Key, at: number) => Card) =>
    Object.fromEntries(keys.map((key, at) => [key, make(key, at)]));
  return {
    'scan home empty': scanHomeCard(lang, home),
    'scan home': scanHomeCard(lang, {
      ...home,
      scans: [
        listed,
        { ...listed, status: 'closed', nextDay: '2027-03-01' },
        { ...listed, status: 'closed', askedBy: 'Mila de Wit' },
        { ...listed, status: 'dropped' },
        { ...listed, name, askedBy: longName },
        ...Array.from({ length: 9 }, () => ({ ...listed, name })),
      ],
      notice: name,
      code: wrong,
      codeProblem: wrong,
    }),
    'scan form': scanFormCard(lang, form),
    'scan form wrong': scanFormCard(lang, {
      ...form,
      people: Array.from({ length: 30 }, (_, at) => ({ title: `${at} ${longName}`, value: `person-${at}` })),
      problems: { name: wrong, known: wrong, people: wrong, lastDay: wrong },
      notice: wrong,
    }),
    'scan too few': tooFewCard(lang, {
      id: 'form-1',
      before: '',
      typed,
      count: 3,
      self: false,
      tomorrow: '2027-01-13',
    }),
    'scan too few nobody': tooFewCard(lang, {
      id: 'form-1',
      before: '',
      typed,
      count: 0,
      self: true,
      tomorrow: '2027-01-13',
    }),
    'scan unavailable': scanUnavailableCard(lang),
    'scan open': managedScanCard(lang, managed, ''),
    'scan open longest': managedScanCard(lang, { ...managed, name, answered: 1, asked: 1 }, wrong),
    'scan open unreadable': managedScanCard(lang, { ...managed, answered: null }, ''),
    'scan closed': managedScanCard(lang, closed, ''),
    'scan closed with all': managedScanCard(
      lang,
      { ...closed, hasMeasures: true, nextDay: '2027-03-01', hasBefore: true, mayAskAgain: true },
      wrong,
    ),
    'scan dropped': managedScanCard(lang, { ...managed, status: 'dropped', closedOn: '2027-01-27' }, ''),
    'scan nobody unreached': unreachedCard(lang, { ...asked, names: [], others: [] }, ''),
    'scan unreached': unreachedCard(
      lang,
      { ...longest, names: [longName, 'Bo'], others: [person] },
      longName,
    ),
    'scan sure to close': sureCard(lang, 'close', ID),
    'scan sure to remove': sureCard(lang, 'remove', ID),
    'scan ask': askCard(lang, asked),
    'scan ask again': askCard(lang, longest, true),
    ...each(
      [...ANSWER_STEPS, 0].map((_, at) => `scan answer ${at + 1}`),
      (_, step) => answerCard(lang, { ...answers, step }),
    ),
    ...each(
      [...ANSWER_STEPS, 0].map((_, at) => `scan answer ${at + 1} filled in`),
      (_, step) => answerCard(lang, { ...filled, step, problem: step === 3 ? 'many' : 'missing' }),
    ),
    'scan answer missing': answerCard(lang, { ...answers, problem: 'missing' }),
    'scan outcome': outcomeCard(lang, outcome),
    'scan outcome second': outcomeCard(lang, {
      ...outcome,
      page: 1,
      isManager: false,
      hasMeasures: false,
      name,
    }),
    ...each(
      ROWS.map(({ id }) => `scan characteristic ${id}`),
      (_, at) => characteristicCard(lang, { ...outcome, row: ROWS[at] ?? ROWS[0]!, isManager: at < 2 }),
    ),
    'scan compared': compareCard(lang, { id: ID, name, rows }),
    'scan agenda': agendaCard(lang, meet),
    'scan agenda without one': agendaCard(lang, without),
    ...each(
      MEET_PARTS.map((part) => `scan meeting ${part}`),
      (_, at) => meetPartCard(lang, meet, MEET_PARTS[at] ?? 'welcome'),
    ),
    'scan meeting without one': meetPartCard(lang, without, 'ideas'),
    'scan meeting choose without one': meetPartCard(lang, without, 'choose'),
    'scan meeting choose too many': meetPartCard(
      lang,
      { ...meet, subjects: CHARACTERISTICS, chosen: CHARACTERISTICS.join(','), tooMany: true },
      'choose',
    ),
    'scan measures': measuresFormCard(lang, measuresForm),
    'scan measures none': measuresFormCard(lang, { ...measuresForm, problem: name }),
    'scan measures wrong': measuresFormCard(lang, fullForm),
    'scan agreed': agreedCard(lang, agreed),
    'scan agreed ended': agreedCard(lang, { ...agreed, nextDay: null, isManager: false, notice: name }),
    'scan evaluate': evaluateScanCard(lang, evaluation),
    'scan closed news': scanClosedCard(lang, { ...news, status: 'closed' }),
    'scan dropped news': scanClosedCard(lang, { ...news, name, status: 'dropped' }),
    'scan dropped news few': scanClosedCard(lang, { ...news, status: 'dropped', droppedWhy: 'few' }),
    'scan dropped news unreadable': scanClosedCard(lang, {
      ...news,
      status: 'dropped',
      droppedWhy: 'unreadable',
    }),
    'scan agreed news': scanAgreedNewsCard(lang, { id: ID, name }),
    'scan again': scanAgainCard(lang, { id: ID, name }),
    'scan in the digest': digestCard(lang, today, [
      item('answer'),
      item('evaluation'),
      item('again'),
      { ...item('evaluation', true), scan: { ...longest, ...agreed, nextDay: null } },
    ]),
    'scan in the overview': overviewCard(lang, {
      things: [
        { kind: 'scan', scan: { ...line, name }, group: 'waiting', day: '2027-01-26' },
        {
          kind: 'scan',
          scan: { ...line, status: 'closed', nextDay: today },
          group: 'today',
          day: today,
        },
      ],
      members: [],
      of: '',
      page: 0,
    }),
  };
}
