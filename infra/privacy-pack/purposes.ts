import type { SettingName } from '../../bot/config.js';
import type { TableName } from '../../bot/store/tables/tables.js';

/** What the record of processing says of a table beside what is in it (GDPR art. 30(1)(b) to (f)). In Dutch. */
export type Purpose = {
  /** Of whom (art. 30(1)(c)). */
  readonly people: string;
  /** What for (art. 30(1)(b)). */
  readonly purpose: string;
  /** Who gets to see it (art. 30(1)(d)). */
  readonly recipients: string;
  /** When it is deleted (art. 30(1)(f)). */
  readonly until: string;
};

/** A table that is new does not compile before it has its purpose. */
export const PURPOSES: Readonly<Record<TableName, Purpose>> = {
  people: {
    people: 'Iedereen die de app in Teams heeft.',
    purpose: 'Iemand een bericht kunnen sturen, in de taal en op de tijd die hij of zij koos.',
    recipients: 'Alleen de persoon zelf.',
    until:
      'Meteen als iemand de app weghaalt: keuzes en het adres van de chat. De rest na de termijn voor iemand die niet meer te bereiken is.',
  },
  managers: {
    people: 'Medewerkers over wie een leidinggevende iets vastlegt, en die leidinggevende.',
    purpose: 'Werkafspraken nakomen, op tijd evalueren, en elkaar op vaste momenten spreken.',
    recipients:
      'De leidinggevende die het vastlegde. De medewerker ziet alles wat bij het eigen Teams-account hoort.',
    until:
      'Een afspraak: na de termijn voor een afgesloten afspraak. Een moment: na de termijn voor een voorbij moment. Een ritme voor de koffie: als de leidinggevende ermee stopt.',
  },
  about: {
    people: 'Medewerkers over wie iets is vastgelegd.',
    purpose: 'De medewerker laten vinden wat over hem of haar gaat (AVG artikel 15).',
    recipients: 'Alleen de medewerker zelf.',
    until: 'Tegelijk met dat waarnaar het verwijst. Dat iets is verwijderd: zo lang als ‘Wie wat deed’.',
  },
  reminders: {
    people: 'Wie een bericht krijgt, en over wie dat gaat.',
    purpose: 'Een beloofde herinnering op de goede dag versturen.',
    recipients: 'Niemand. De bot stuurt er het bericht mee.',
    until: 'Zodra het bericht is verstuurd of niet meer nodig is.',
  },
  nudges: {
    people: 'Wie een bericht kreeg.',
    purpose: 'Voorkomen dat iemand hetzelfde bericht twee keer krijgt.',
    recipients: 'Niemand. De persoon zelf krijgt het bij een kopie van de eigen gegevens.',
    until: 'Na de termijn voor wat is verstuurd, en meteen als iemand de app weghaalt.',
  },
  organisation: {
    people:
      'Contactpersonen van de organisatie, wie iets mag vastleggen, en wie betrokken is bij een vertrek. In de aantallen per maand staat niemand.',
    purpose:
      'Medewerkers de weg wijzen naar mensen van de eigen organisatie. Regelen wie mag vastleggen. Afspraken overdragen als een leidinggevende vertrekt.',
    recipients: 'Contactpersonen: iedereen in de organisatie. De rest: HR.',
    until:
      'Contactpersonen en keuzes: tot HR ze verandert. Een vertrek: een maand nadat het klaar is, een bezwaar na drie maanden. Aantallen per maand: een jaar.',
  },
  audit: {
    people: 'Wie iets vastlegde, veranderde of verwijderde.',
    purpose: 'Achteraf kunnen zien wie wat deed, bijvoorbeeld bij een klacht (AVG artikel 5, lid 2).',
    recipients: 'HR, op het nummer van één vastlegging, en nooit wat erin staat.',
    until: 'Na de termijn voor wie wat deed.',
  },
  health: {
    people: 'Niemand.',
    purpose: 'Zien of de bot het doet.',
    recipients: 'HR (ja of nee), en de beheerder (aantallen).',
    until: 'Het laatste van elke instantie blijft. Het vorige wordt overschreven.',
  },
  scans: {
    people: 'Wie een teamscan begon, en wie daarvoor is gevraagd.',
    purpose: 'Een team laten zien hoe het werk is, zonder dat iemand weet wat één persoon antwoordde.',
    recipients: 'Iedereen die is gevraagd: dezelfde uitkomst. Van antwoorden van één persoon: niemand.',
    until:
      'Twee jaar na het sluiten, of tot de leidinggevende de scan verwijdert. Antwoorden en wie antwoordde: bij het sluiten.',
  },
};

/** What a setting means for people and their data. One that is new does not compile before it is here. */
export const SETTINGS_FOR_PEOPLE: Readonly<Record<SettingName, string>> = {
  PORT: 'Techniek. Zegt niets over mensen.',
  HOST: 'Techniek. Zegt niets over mensen.',
  BOT_ENV:
    'Staat op `production`. Met `development` luistert de bot alleen op de eigen computer, om uit te proberen.',
  MicrosoftAppType: 'Met `UserAssignedMSI` bestaat er geen wachtwoord dat kan uitlekken.',
  MicrosoftAppId: 'Wie de bot is. Zegt niets over mensen.',
  MicrosoftAppPassword: 'Alleen zonder beheerde identiteit. Hoort in een kluis, en nergens anders.',
  MicrosoftAppPasswordEnds: 'Tot wanneer het wachtwoord geldt, zodat de bot op tijd waarschuwt.',
  MicrosoftAppCertificate: 'In plaats van een wachtwoord. Hoort in een kluis, en nergens anders.',
  MicrosoftAppFederatedClientId:
    'In plaats van een wachtwoord: een identiteit die de app vertrouwt. Geen geheim.',
  MicrosoftAppTenantId: 'De eigen organisatie bij Microsoft.',
  ALLOWED_TENANTS: 'Welke organisaties de bot mogen gebruiken. Leeg: alleen de eigen.',
  AZURE_TABLES_CONNECTION_STRING: 'Leeg in productie: er staat een sleutel in waarmee alles te lezen is.',
  AZURE_TABLES_ENDPOINT: 'Waar de gegevens staan. Bepaalt de regio.',
  AZURE_TABLES_CLIENT_ID: 'Welke identiteit bij de gegevens mag.',
  TABLE_PREFIX: 'Techniek. Zegt niets over mensen.',
  HR_ADMINS:
    'Wie van HR contactpersonen invult, aantallen per maand ziet en kan nazoeken wie wat deed. Houd dit klein.',
  TIME_ZONE: 'De tijd van mensen die zelf niets kozen.',
  REMINDERS:
    'Of er berichten worden verstuurd en of er ’s nachts wordt verwijderd. Uit betekent ook: geen termijn loopt af.',
  TEAMS_CATALOG_APP_ID:
    'Zet de app bij iemand voor wie iets klaarligt en die de app nog nooit opende. Microsoft ziet dan dat die persoon de app kreeg, niet waarom.',
  GRAPH:
    'Aan: de bot vraagt aan Entra of iemand een team heeft, om te weten wie mag vastleggen. Het antwoord blijft kort in het geheugen. Er is het recht User.Read.All voor nodig.',
  SUPPORT_CONTACT: 'Staat op een pagina die iedereen kan lezen. Zet er een helpdesk in, geen persoon.',
  SCAN_SECRET:
    'Hiermee zijn antwoorden van een open teamscan versleuteld. Wie dit én de opslag heeft, kan erin kijken.',
  LOG_LEVEL:
    'Hoeveel er in het logboek komt. Er staan codes en nummers in, nooit wat iemand typt of opzoekt.',
  METRICS_LOG:
    'Aan: elke minuut komt er een regel met cijfers over de bot zelf in het logboek. Over alle mensen samen, nooit over één. Kaarten met hulp bij nood en geweigerde teksten worden nergens geteld.',
  OTEL_EXPORTER_PROMETHEUS_PORT:
    'Dezelfde cijfers, voor wie ze zelf ophaalt. Niet open zetten naar het internet.',
  OTEL_EXPORTER_PROMETHEUS_HOST: 'Op welk adres dat mag. Zegt niets over mensen.',
  OTEL_EXPORTER_OTLP_ENDPOINT:
    'Waar dezelfde cijfers naartoe gaan, en hoe lang taken duurden. Is dat een ander bedrijf, dan is het een verwerker die geen persoonsgegevens krijgt.',
  OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: 'Hetzelfde, alleen voor cijfers.',
  OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'Hetzelfde, alleen voor hoe lang taken duurden.',
  OTEL_EXPORTER_OTLP_PROTOCOL: 'Techniek. Zegt niets over mensen.',
  OTEL_METRIC_EXPORT_INTERVAL: 'Hoe vaak cijfers worden verstuurd. Zegt niets over mensen.',
  OTEL_METRICS_EXPORTER: 'Of cijfers worden verstuurd. Zegt niets over mensen.',
  OTEL_TRACES_EXPORTER: 'Of wordt verstuurd hoe lang taken duurden. Zegt niets over mensen.',
  OTEL_SDK_DISABLED: 'Hiermee gaat al het meten uit. Zegt niets over mensen.',
};
