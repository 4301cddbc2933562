import type { Agreement } from '../../bot/domain/agreement.js';
import type { Manager } from '../../bot/domain/manager.js';
import type { AgreementMeaning } from './stored-rows.js';

/** An agreement of today in the words in which its meaning was written down. */
export function agreementFacts({ tenant, person }: Manager, agreement: Agreement): AgreementMeaning {
  const { changeAsked } = agreement;
  return {
    tenant,
    manager: person,
    id: agreement.id,
    employee: agreement.employee,
    name: agreement.memberName,
    managerName: agreement.managerName,
    formerManager: agreement.movedFrom,
    member: agreement.member,
    conversation: {
      day: agreement.conversationDay,
      present: agreement.present,
      subjects: agreement.subjects,
    },
    agreed: agreement.items.map(({ id, who, what, by, outcome }) => ({
      id,
      who,
      what,
      by: by ?? '',
      outcome,
    })),
    evaluation: {
      next: agreement.nextDay,
      rhythm: agreement.rhythm,
      initiative: agreement.initiative,
      snoozedUntil: agreement.remindFrom,
    },
    held: agreement.evaluations.map(({ day, planned, outcomes }) => ({
      day,
      planned: planned ?? null,
      outcomes,
    })),
    landed: agreement.landed,
    answer: agreement.answer,
    answeredAt: agreement.answeredAt,
    change: changeAsked === null ? null : { about: changeAsked.subjects, note: changeAsked.note },
    removal: agreement.removal,
    undelivered: agreement.undelivered,
    status: agreement.status,
    createdAt: agreement.createdAt,
    changedAt: agreement.changedAt,
    version: agreement.version,
  };
}
