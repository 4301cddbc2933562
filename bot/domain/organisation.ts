import { z } from 'zod';
import { LANGS } from '../../cards/content/words.js';
import { DEFAULT_RETENTION } from './retention-periods.js';
import { RHYTHMS } from './rhythm.js';

const CONTACT_KINDS = [
  'confidant-internal',
  'confidant-external',
  'company-doctor',
  'open-consultation',
  'social-work',
  'arbo-service',
  'own-helpline',
  'privacy-officer',
] as const;

export type ContactKind = (typeof CONTACT_KINDS)[number];

const contact = z.object({
  id: z.string(),
  kind: z.enum(CONTACT_KINDS),
  name: z.string(),
  /** As it is shown, and as it is dialled (`+31…`); null when there is none. */
  phone: z.string().nullable().default(null),
  dial: z.string().nullable().default(null),
  mail: z.string().nullable().default(null),
  /** https only. */
  link: z.string().nullable().default(null),
  /** When one can turn to them, in a few words. */
  hours: z.string().default(''),
  /** Day on which somebody of HR last said that this is right. */
  checked: z.string(),
});

/** Somebody of the organisation itself to turn to. */
export type OwnContact = z.infer<typeof contact>;

export const organisationSchema = z.object({
  tenant: z.string(),
  contacts: z.array(contact).default([]),
  /** What forms start with. */
  coffeeRhythm: z.enum(RHYTHMS).default('four-weekly'),
  agreementRhythm: z.enum(RHYTHMS).default('two-weekly'),
  /** The language of who has not said otherwise. */
  language: z.enum(LANGS).nullable().default(null),
  terms: z
    .object({
      closedAgreementMonths: z.number().int(),
      /** Rows of before have none. */
      restingAgreementMonths: z.number().int().default(DEFAULT_RETENTION.restingAgreementMonths),
      passedMomentDays: z.number().int(),
      sentDays: z.number().int(),
      auditMonths: z.number().int(),
      unreachableDays: z.number().int(),
    })
    .default(DEFAULT_RETENTION),
  /** Who may record things about people: everyone, or those on the list. */
  managers: z.enum(['everyone', 'listed']).default('everyone'),
  listed: z.array(z.string()).default([]),
});

/** What HR filled in for one tenant; defaults for the rest. */
export type Organisation = z.infer<typeof organisationSchema>;

/** What counts while HR filled in nothing. */
export function defaultOrganisation(tenant: string): Organisation {
  return organisationSchema.parse({ tenant });
}
