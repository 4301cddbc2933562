import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { PARTS } from '../../cards/actions.js';
import { CONTACTS } from '../../cards/content/contacts.js';
import {
  copiedFrom,
  countContent,
  countPatterns,
  exceptionsNotNeeded,
  hasPattern,
  leavesOf,
  PATTERNS,
  problemsOfContent,
} from '../../cards/content/content-check.js';
import { COVERAGE, countCovered, problemsOfCoverage } from '../../cards/content/coverage.js';
import { COPIED_WORDS, guideRuns, readGuideRuns } from '../../cards/content/guide-runs.js';
import knownRuns from '../../cards/content/guide-runs.json' with { type: 'json' };
import { allMeasures, allPieces, findPiece, MOVED, pieceWords } from '../../cards/content/pieces.js';
import type { SourceRef } from '../../cards/content/sources.js';
import sources from '../../cards/content/sources.json' with { type: 'json' };
import { SUBJECT_GROUPS } from '../../cards/content/subjects.js';
import { LANGS, type Lang, messagesFor } from '../../cards/content/words.js';
import { subjectWords } from '../../cards/knowledge/rows.js';
import { sourceLine } from '../../cards/source.js';
import { faultsOf } from '../support/faults.js';

/** What they say of the law could be compared with no page: it names no figure, and tells what a right is. */
const NOT_COMPARED: readonly string[] = ['law.doctor', 'rights-talk-support', 'rights-your-record'];

/** The guides themselves, to compare with. They are not part of this repository. */
const GUIDES = fileURLToPath(new URL('../../../shared/sources', import.meta.url));

describe('the words', () => {
  it('have the same ids and name the same values in both languages, and are empty only for what each organisation has', async () => {
    const pathsOf = (lang: Lang) => leavesOf(messagesFor(lang)).map(({ path }) => path);
    expect(pathsOf('en')).toEqual(pathsOf('nl'));
    expect(
      await faultsOf(LANGS, (lang) => {
        const empty = leavesOf(messagesFor(lang)).filter(({ text }) => text.trim() === '');
        expect(empty.filter(({ path }) => !/\.hours$/.test(path))).toEqual([]);
      }),
    ).toEqual([]);
    const valuesOf = (text: string) => [...text.matchAll(/\{(\w+)[,}]/g)].map((match) => match[1]).sort();
    const english = new Map(leavesOf(messagesFor('en')).map(({ path, text }) => [path, text]));
    const differ = leavesOf(messagesFor('nl')).filter(
      ({ path, text }) => valuesOf(text).join() !== valuesOf(english.get(path) ?? '').join(),
    );
    expect(differ).toEqual([]);
  });

  it('cover the guide and the memory aids, each with steps, sentences and a source that can be shown', () => {
    for (const lang of LANGS) {
      const { parts, aids, ask } = messagesFor(lang).conversation;
      expect(parts.map(({ id }) => id)).toEqual([...PARTS]);
      expect(aids.map(({ letters }) => letters)).toEqual(['LSD', 'OMA', 'ANNA', 'DIK', 'NIVEA']);
      for (const part of parts) {
        expect(part.steps.length).toBeGreaterThanOrEqual(3);
        expect(part.say.length).toBeGreaterThanOrEqual(2);
        expect(part.avoid.length).toBeGreaterThanOrEqual(1);
      }
      expect(ask.may.length).toBeGreaterThanOrEqual(5);
      expect(ask.mayNot.length + ask.mayNotMore.length).toBeGreaterThanOrEqual(5);
    }
    for (const lang of LANGS) {
      const named = leavesOf(messagesFor(lang)).filter(({ path }) => /(^|\.)source$/.test(path));
      const guidance = named.filter(({ path }) => !path.includes('.ui.') && !path.startsWith('finder.'));
      expect(guidance.length).toBeGreaterThan(10);
      for (const { text } of guidance) {
        expect(Object.keys(sources)).toContain(text);
        expect(sourceLine(lang, text)).not.toContain('null');
      }
    }
  });

  it('say of the law what was compared with a page, or are named as what was not', () => {
    const laws = ['law', 'uwv', 'ap', 'ap-site', 'arbowet', 'lvv'];
    const all: readonly (readonly [string, SourceRef])[] = [
      ...Object.entries(sources),
      ...allPieces().map(({ id, source }) => [id, source] as const),
    ];
    const ofLaw = all.filter(([, { guide }]) => laws.includes(guide));
    const pages = ofLaw.flatMap(([, { comparedWith }]) => comparedWith ?? []);
    expect(pages.filter((page) => !/^https?:\/\/\S+$/.test(page))).toEqual([]);
    expect(
      ofLaw.flatMap(([id, { comparedWith }]) => (comparedWith === undefined ? [id] : [])).sort(),
    ).toEqual([...NOT_COMPARED].sort());
  });

  it('have no emoji: not every client has a picture for them', () => {
    const emoji = leavesOf([messagesFor('nl'), messagesFor('en')]).filter(({ text }) =>
      /\p{Extended_Pictographic}/u.test(text),
    );
    expect(emoji).toEqual([]);
  });
});

describe('the contacts', () => {
  it('each have a name and a purpose in both languages, a number that can be dialled, and when and what it costs', () => {
    for (const lang of LANGS) {
      const words: Record<string, { name: string; what: string; hours: string }> =
        messagesFor(lang).support.contacts;
      expect(Object.keys(words)).toEqual(CONTACTS.map(({ id }) => id));
      for (const { id, phone } of CONTACTS) {
        expect(words[id]?.name, id).toMatch(/\S/);
        expect(words[id]?.what, id).toMatch(/\S/);
        if (phone !== null)
          expect(words[id]?.hours, id).toMatch(/gratis|belkosten|tarief|free|charges|rate/i);
      }
    }
    for (const { phone, tel, link } of CONTACTS) {
      expect(phone === null).toBe(tel === null);
      if (tel !== null) expect(tel).toMatch(/^tel:\+?\d{3,12}$/);
      if (link !== null) expect(new URL(link).protocol).toBe('https:');
    }
  });

  it('have their own page as source, and a day only where that page is known to have been read', () => {
    const site = (address: string) => new URL(address).hostname.replace(/^www\./, '');
    for (const { id, link, source, checked } of CONTACTS) {
      expect(source, id).toMatch(/\S/);
      if (link !== null) expect(site(source), id).toBe(site(link));
      if (checked === null) continue;
      expect(checked, id).toMatch(/^\d{4}-\d{2}-\d{2}$/);
      expect(source, id).toMatch(/^https:/);
    }
  });
});

describe('the pieces of knowledge', () => {
  it('are complete, sourced, in both languages, short enough and found by browsing', () => {
    expect(problemsOfContent()).toEqual([]);
  });

  it('hold of each guide as many as it has', async () => {
    expect(
      await faultsOf(
        [
          ['han', 'signal', 20],
          ['wijzer', 'signal', 16],
          ['han', 'dilemma', 6],
          ['han', 'ingredient', 10],
          ['lonely', 'recommendation', 18],
          ['lonely', 'reason', 3],
          ['wijzer', 'quadrant', 4],
          ['wijzer', 'process', 2],
          ['wijzer', 'characteristic', 13],
          ['wijzer', 'intervention', 13],
          ['wijzer', 'step', 10],
          ['kracht', 'measure', 52],
          ['kracht', 'risk-group', 5],
          ['kracht', 'step', 4],
          ['abn', 'energy-source', 9],
          ['abn', 'stressor', 9],
          ['abn', 'condition', 4],
        ],
        (guide, kind, least) => {
          const found = countContent().find((count) => count.guide === guide && count.kind === kind);
          expect(Math.max(found?.pieces ?? 0, found?.entries ?? 0)).toBeGreaterThanOrEqual(least);
        },
      ),
    ).toEqual([]);
  });

  it('each have a title of their own in each language, since a title that is typed opens its piece', async () => {
    expect(
      await faultsOf(LANGS, (lang) => {
        const titles = allPieces()
          .filter(({ id }) => findPiece(id)?.piece.id === id)
          .map(({ id }) => pieceWords(lang, id).title.toLowerCase());
        expect(titles.filter((title, at) => titles.indexOf(title) < at)).toEqual([]);
      }),
    ).toEqual([]);
  });

  it('open by the ids of those that were merged into them, which cards in a chat still name', () => {
    expect(Object.keys(MOVED).length).toBeGreaterThan(0);
    for (const [id, stays] of Object.entries(MOVED)) expect(findPiece(id)?.piece.id, id).toBe(stays);
    expect(findPiece('toString')).toBeNull();
  });

  it('about life events offer sentences, what to do, what to leave and who helps', () => {
    const events = allPieces().filter(({ kind }) => kind === 'life-event');
    expect(events.length).toBeGreaterThanOrEqual(6);
    for (const { id } of events) {
      for (const lang of LANGS) {
        const parts = pieceWords(lang, id).parts;
        expect(
          parts.map((part) => Object.keys(part).find((key) => key !== 'title')),
          id,
        ).toEqual(['say', 'list', 'text', 'text']);
      }
    }
  });

  it('have names for every subject, group and choice of the finder in both languages', () => {
    for (const lang of LANGS) {
      for (const { id, subjects } of SUBJECT_GROUPS) {
        expect(Object.keys(messagesFor(lang).knowledge.groups)).toContain(id);
        for (const subject of subjects) {
          expect(subjectWords(lang, subject).name, subject.id).toMatch(/\S/);
        }
      }
      for (const { theme, level, effect } of allMeasures()) {
        expect(Object.keys(messagesFor(lang).finder.themes)).toContain(theme);
        for (const one of level) expect(Object.keys(messagesFor(lang).finder.levels)).toContain(one);
        for (const one of effect) expect(Object.keys(messagesFor(lang).finder.effects)).toContain(one);
      }
    }
  });
});

describe('what people read', () => {
  it('has nowhere what a pattern tells against, which finds what it should and is spared only with a reason', async () => {
    expect(
      await faultsOf(
        countPatterns().map(({ pattern, found }) => [pattern.lang, pattern.what, found] as const),
        (_lang, _what, found) => {
          expect(found).toEqual([]);
        },
      ),
    ).toEqual([]);
    for (const { except = [] } of PATTERNS) for (const { why } of except) expect(why).toMatch(/\S{2,} \S/);
    expect(exceptionsNotNeeded()).toEqual([]);
    expect(
      await faultsOf(
        PATTERNS.map((pattern) => [pattern.lang, pattern.what, pattern] as const),
        (_lang, _what, pattern) => {
          expect(pattern.bad.length * pattern.good.length).toBeGreaterThan(0);
          expect(pattern.bad.filter((text) => !hasPattern(pattern, text))).toEqual([]);
          expect(pattern.good.filter((text) => hasPattern(pattern, text))).toEqual([]);
        },
      ),
    ).toEqual([]);
  });
});

describe('own sentences', () => {
  it(`share no run of ${COPIED_WORDS} words with a guide, however marked and broken into lines`, () => {
    expect(readGuideRuns(knownRuns).size).toBeGreaterThan(20_000);
    expect(copiedFrom()).toEqual([]);
    const { lead } = pieceWords('nl', allPieces()[0]?.id ?? '');
    const own = messagesFor('nl').conversation.parts[0]?.steps[0] ?? '';
    const guide = `${lead} ${own}`.toUpperCase().replaceAll(' ', '\n').replaceAll(',', ' –');
    const runs = guideRuns({ 'a guide': guide });
    expect(copiedFrom(readGuideRuns(runs)).length).toBeGreaterThan(0);
    expect(runs.hashes).not.toContain(lead.slice(0, 8));
  });

  it('are compared with the guides as they are, where those are here', () => {
    if (!existsSync(GUIDES))
      return expect(Object.values(knownRuns.guides).every((runs) => runs > 1_000)).toBe(true);
    const names = readdirSync(GUIDES)
      .filter((name) => name.endsWith('.txt'))
      .sort();
    const guides = Object.fromEntries(names.map((name) => [name, readFileSync(`${GUIDES}/${name}`, 'utf8')]));
    expect(guideRuns(guides)).toEqual(knownRuns);
  });
});

describe('what the guides ask', () => {
  it('is there in pieces that exist, or left out with a reason', () => {
    expect(problemsOfCoverage()).toEqual([]);
    for (const { left } of COVERAGE.flatMap(({ asks }) => asks)) {
      if (left !== undefined) expect(left).toMatch(/\S{2,} \S{2,} \S/);
    }
  });

  it('is there for at least nine in ten of each guide', () => {
    const covered = countCovered();
    expect(covered.map(({ guide }) => guide)).toEqual(['han', 'lonely', 'wijzer', 'kracht', 'abn']);
    for (const { guide, asked, there } of covered) expect(there / asked, guide).toBeGreaterThanOrEqual(0.9);
  });

  it('has as many entries in its pieces as the account counts, where a list is kept whole', () => {
    const lists = COVERAGE.flatMap(({ asks }) => asks).filter(({ kind }) => kind !== undefined);
    expect(lists.length).toBeGreaterThan(20);
    const short = lists.filter(({ kind, count = 1, in: where = [] }) => {
      const parts = where.flatMap((id) => pieceWords('nl', id).parts).filter((part) => part.kind === kind);
      return parts.reduce((sum, { list, rows }) => sum + (list ?? rows ?? []).length, 0) < count;
    });
    expect(short.map(({ what }) => what)).toEqual([]);
  });
});
