import { format, messagesFor } from '../../../cards/content/words.js';
import { contactFormCard } from '../../../cards/hr/contact.card.js';
import { contactsCard } from '../../../cards/hr/contacts.card.js';
import { contactName, MOST_CONTACTS } from '../../../cards/hr/hr-view.js';
import { organisationCard } from '../../../cards/hr/organisation.card.js';
import { isPending } from '../../domain/handover-request.js';
import type { OwnContact } from '../../domain/organisation.js';
import { uncheckedContacts } from '../../domain/reminders/contacts-reminders.js';
import { type Reply, show, type VerbHandlers } from '../../reply.js';
import type { Handovers } from '../../store/handovers.js';
import type { People } from '../../store/people.js';
import { type Turn, todayOf } from '../../turn.js';
import { checkContact, contactAsTyped, withContact } from './hr.rules.js';
import { type ChangeDeps, type Current, change, current } from './organisation-change.js';

export type HrDeps = ChangeDeps & {
  readonly handovers: Pick<Handovers, 'of'>;
  readonly people: Pick<People, 'get'>;
  /** IANA zone of a person who has not said otherwise. */
  readonly zone: string;
  /** Whether Entra's word on who has people reporting to them counts, too. */
  readonly reportsCount: boolean;
};
type Verbs =
  | 'hr.show'
  | 'hr.contacts'
  | 'hr.contact'
  | 'hr.contact-save'
  | 'hr.contact-checked'
  | 'hr.contact-remove';
export type Hr = VerbHandlers<Verbs>;

const NOTHING_TYPED = { kind: '', name: '', phone: '', mail: '', link: '', hours: '' };

/** The organisation's own people to turn to, kept right by HR. The router lets only HR admins through. */
export function createHr(deps: HrDeps): Hr {
  const list = async (
    turn: Turn,
    { record: { contacts }, etag }: Current,
    page: number,
    said: { readonly notice?: string; readonly conflict?: boolean } = {},
  ): Promise<Reply> => {
    const unchecked = uncheckedContacts(contacts, await todayOf(deps, turn)).map(({ id }) => id);
    const { notice = '', conflict = false } = said;
    return show(contactsCard(turn.lang, { contacts, unchecked, etag, page, notice, conflict }));
  };
  const about = (turn: Turn, text: 'contactSaved' | 'contactChecked' | 'contactRemoved', who: OwnContact) =>
    format(turn.lang, messagesFor(turn.lang).hr[text], { name: contactName(turn.lang, who) });
  const find = ({ record }: Current, id: string) => record.contacts.find((one) => one.id === id) ?? null;

  return {
    async 'hr.show'(turn) {
      const [{ record }, asked, today] = await Promise.all([
        current(deps, turn.tenant),
        deps.handovers.of(turn.tenant),
        todayOf(deps, turn),
      ]);
      const { contacts, managers, listed } = record;
      return show(
        organisationCard(turn.lang, {
          contacts: contacts.length,
          unchecked: uncheckedContacts(contacts, today).length,
          managers,
          listed: listed.length,
          reportsCount: deps.reportsCount,
          handovers: asked.filter(isPending).length,
        }),
      );
    },
    'hr.contacts': async (turn) => list(turn, await current(deps, turn.tenant), turn.data.page),
    async 'hr.contact'(turn) {
      const now = await current(deps, turn.tenant);
      const { id } = turn.data;
      const found = find(now, id);
      if (id !== '' && found === null) {
        return list(turn, now, 0, { notice: messagesFor(turn.lang).hr.contactGone });
      }
      return show(
        contactFormCard(turn.lang, {
          id: found?.id ?? deps.newId(),
          etag: now.etag,
          isNew: found === null,
          typed: found === null ? NOTHING_TYPED : contactAsTyped(found),
          problems: {},
          conflict: null,
        }),
      );
    },
    async 'hr.contact-save'(turn) {
      const { id, etag, kind, name, phone, mail, link, hours } = turn.data;
      const typed = { kind, name, phone, mail, link, hours };
      const checked = checkContact(typed, id, await todayOf(deps, turn));
      const before = await current(deps, turn.tenant);
      const form = { id, etag, isNew: find(before, id) === null, typed, problems: {}, conflict: null };
      if (checked.value === null) {
        return show(contactFormCard(turn.lang, { ...form, problems: checked.problems }));
      }
      const { value } = checked;
      if (withContact(before.record, value) === null) {
        const problem = { id: 'tooMany', values: { max: MOST_CONTACTS } } as const;
        return show(contactFormCard(turn.lang, { ...form, problems: { name: problem } }));
      }
      const after = await change(deps, { turn, etag }, (record) => withContact(record, value) ?? record);
      if (after.conflict) {
        const now = find(after, id);
        return show(contactFormCard(turn.lang, { ...form, etag: after.etag, conflict: { now } }));
      }
      return list(turn, after, 0, { notice: about(turn, 'contactSaved', value) });
    },
    async 'hr.contact-checked'(turn) {
      const { id, etag, page } = turn.data;
      const today = await todayOf(deps, turn);
      const after = await change(deps, { turn, etag }, (record) => ({
        ...record,
        contacts: record.contacts.map((one) => (one.id === id ? { ...one, checked: today } : one)),
      }));
      const found = find(after, id);
      if (found === null) return list(turn, after, page, { notice: messagesFor(turn.lang).hr.contactGone });
      if (after.conflict) return list(turn, after, page, { conflict: true });
      return list(turn, after, page, { notice: about(turn, 'contactChecked', found) });
    },
    async 'hr.contact-remove'(turn) {
      const { id, etag } = turn.data;
      const before = find(await current(deps, turn.tenant), id);
      const after = await change(deps, { turn, etag }, (record) => ({
        ...record,
        contacts: record.contacts.filter((one) => one.id !== id),
      }));
      if (after.conflict) return list(turn, after, 0, { conflict: true });
      if (before === null) return list(turn, after, 0, { notice: messagesFor(turn.lang).hr.contactGone });
      return list(turn, after, 0, { notice: about(turn, 'contactRemoved', before) });
    },
  };
}
