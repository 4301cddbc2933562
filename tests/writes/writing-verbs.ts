import type { Verb } from '../../cards/actions.js';

/** What goes on record: days, agreements, answers and settings. Each has its case in `cases.ts`. */
export const WRITING_VERBS = [
  ...['coffee.save', 'coffee.done', 'coffee.undo', 'coffee.skip', 'coffee.move'],
  ...['coffee.pause', 'coffee.rhythm', 'coffee.stop'],
  ...['moments.save', 'moments.change', 'moments.end', 'moments.delete'],
  ...['scan.save', 'scan.code', 'scan.send', 'scan.close', 'scan.remove'],
  ...['scan.agree', 'scan.record', 'scan.end'],
  ...['settings.save'],
  ...['agreement.save', 'agreement.close', 'agreement.request-handled'],
  ...['agreement.correct-items', 'agreement.correct-talk', 'agreement.reopen', 'agreement.reply'],
  ...['people.rename', 'people.link', 'people.merge', 'people.remove'],
  ...['evaluation.record', 'evaluation.rewrite', 'evaluation.move', 'evaluation.snooze'],
  ...['landed.done', 'landed.later'],
  ...['about.confirm', 'about.change'],
  ...['removal.send', 'removal.withdraw', 'removal.grant', 'removal.keep'],
  ...['own.refuse-coffee', 'own.allow-coffee', 'own.send-removal', 'own.send-dates'],
  ...['own.withdraw', 'request.do', 'request.keep'],
  ...['hr.contact-save', 'hr.contact-checked', 'hr.contact-remove', 'hr.defaults-save'],
  ...['hr.managers-save', 'hr.import-save', 'leaver.move', 'leaver.delete'],
  ...['leaver.confirm', 'leaver.stop', 'handover.object'],
] as const satisfies readonly Verb[];
export type WritingVerb = (typeof WRITING_VERBS)[number];
