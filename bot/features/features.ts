import type { AuditedWrites } from '../access/audit-trail.js';
import type { Authorize, IsHrAdmin } from '../access/authorization.js';
import type { UploadFile } from '../clients/onedrive-upload.js';
import type { Screen } from '../nlu/screening/field-screening.js';
import type { ChatContext } from '../services/chat-context.js';
import type { ChosenSettings } from '../services/chosen-settings.js';
import type { StateOfHealth } from '../services/health-check.js';
import type { OrganisationSettings } from '../services/organisation-settings.js';
import type { Stores } from '../store/stores.js';
import { createAbout } from './about/about.handler.js';
import { createExport } from './about/export.handler.js';
import { createOwnData } from './about/own-data.js';
import { createOwnRecords } from './about/own-records.js';
import { createAbsence } from './absence/absence.handler.js';
import { createAgreement } from './agreement/agreement.handler.js';
import { createCalendar } from './calendar/calendar.handler.js';
import { createChat } from './chat/chat.handler.js';
import { createCheck } from './check/check.handler.js';
import { createCoffee } from './coffee/coffee.handler.js';
import { createConversation } from './conversation/conversation.handler.js';
import { createCosts } from './costs/costs.handler.js';
import { createDigest } from './digest/digest.handler.js';
import { createEvaluation } from './evaluation/evaluation.handler.js';
import { createFigures } from './figures/figures.handler.js';
import { createHrDefaults } from './hr/defaults.handler.js';
import { createHrExchange } from './hr/exchange.handler.js';
import { createHr } from './hr/hr.handler.js';
import { createHrOversight } from './hr/oversight.handler.js';
import { createKnowledge } from './knowledge/knowledge.handler.js';
import { createLeaver } from './leaver/leaver.handler.js';
import { createMeasures } from './measures/measures.handler.js';
import { createMenu } from './menu/menu.handler.js';
import { createMoments } from './moments/moments.handler.js';
import { createMonthly } from './monthly/monthly.handler.js';
import { createOverview } from './overview/overview.handler.js';
import { createPeople } from './people/people.handler.js';
import { createPractise } from './practise/practise.handler.js';
import { createPresence } from './presence/presence.handler.js';
import { createRemoval } from './removal/removal.handler.js';
import { createRequests } from './requests/requests.handler.js';
import { createScan } from './scan/scan.handler.js';
import { createSettings } from './settings/settings.handler.js';
import { createSignals } from './signals/signals.handler.js';
import { createSupport } from './support/support.handler.js';

/** What features are made of; each takes its own part of it. */
export type FeatureDeps = Pick<
  Stores,
  'people' | 'about' | 'reminders' | 'deliveries' | 'audit' | 'figures'
> & {
  /** The stores whose writes go on the audit trail. */
  readonly managers: AuditedWrites['managers'];
  readonly organisations: AuditedWrites['organisations'];
  readonly handovers: AuditedWrites['handovers'];
  readonly scans: AuditedWrites['scans'];
  readonly noteFound: AuditedWrites['noteFound'];
  readonly organisationSettings: OrganisationSettings;
  readonly chatContext: ChatContext;
  readonly chosen: Pick<ChosenSettings, 'today'>;
  readonly authorize: Authorize;
  readonly isHrAdmin: IsHrAdmin;
  /** Entra object ids. */
  readonly hrAdmins: readonly string[];
  /** Whether Entra's word on who has people reporting to them counts, too. */
  readonly reportsCount: boolean;
  readonly screen: Screen;
  readonly upload: UploadFile;
  readonly health: () => Promise<StateOfHealth>;
  /** How the jobs of the night went. */
  readonly nights: Pick<Stores['health'], 'of'>;
  readonly newId: () => string;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
};

/** Each feature once. What a verb or an intent does stands in the router. */
export function createFeatures(deps: FeatureDeps) {
  const ownRecords = createOwnRecords(deps);
  const ownData = createOwnData({ ...deps, ownRecords });
  return {
    menu: createMenu(deps.isHrAdmin),
    conversation: createConversation(),
    practise: createPractise(),
    calendar: createCalendar(deps),
    chat: createChat(deps.chatContext),
    support: createSupport(deps.organisationSettings),
    knowledge: createKnowledge(),
    signals: createSignals(),
    check: createCheck(),
    absence: createAbsence(deps.chosen.today),
    costs: createCosts(),
    measures: createMeasures(),
    presence: createPresence(deps),
    agreement: createAgreement(deps),
    evaluation: createEvaluation(deps),
    coffee: createCoffee(deps),
    moments: createMoments(deps),
    overview: createOverview(deps),
    people: createPeople(deps),
    monthly: createMonthly(),
    digest: createDigest(deps),
    scan: createScan(deps),
    settings: createSettings(deps),
    about: { ...createAbout({ ...deps, ownRecords }), ...createExport({ ...deps, ownData }) },
    removal: createRemoval(deps),
    requests: createRequests(deps),
    figures: createFigures(deps),
    hr: {
      ...createHr(deps),
      ...createHrDefaults(deps),
      ...createHrExchange(deps),
      ...createHrOversight(deps),
    },
    leaver: createLeaver(deps),
  };
}

export type Features = ReturnType<typeof createFeatures>;
