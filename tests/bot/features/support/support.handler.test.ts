import { describe, expect, it } from 'vitest';
import { defaultOrganisation } from '../../../../bot/domain/organisation.js';
import { createSupport } from '../../../../bot/features/support/support.handler.js';
import { LANGS, messagesFor } from '../../../../cards/content/words.js';
import { aTurn, textsOf } from '../../../support/sample-turns.js';

const support = createSupport({ of: async (tenant) => defaultOrganisation(tenant) });
const TOLD = { nl: 'mijn vader is overleden', en: 'my father passed away' } as const;
const OTHER = { nl: 'ik wil met iemand praten', en: 'I want to talk to someone' } as const;

describe('somebody to talk to', () => {
  it.each(LANGS)(
    'begins with condolences in %s for whoever tells of a death, and for nobody else',
    async (lang) => {
      const shown = async (text: string) =>
        textsOf(await support.open(aTurn({ lang, said: { kind: 'text', text } }))).join(' ');
      const { grief } = messagesFor(lang).support;
      expect(await shown(TOLD[lang])).toContain(grief);
      expect(await shown(OTHER[lang])).not.toContain(grief);
    },
  );
});
