import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import '../admin';
import '../de';
import '../tollgate';
import { adminWording } from '../text/admin-wording';
import { de } from '../text/de';
import { adminGerman } from '../text/de/admin';
import { en } from '../text/en';
import { admin } from '../text/en/admin';
import { wording } from '../text/wording';
import type { Api } from '../testing/api';
import { allStates, plainly, showState } from '../testing/exhibits';
import { textOf, useApi } from '../testing/page';

const api = useApi();

afterEach(plainly);

/** Every sentence of a catalogue in marks, so that on the page it is told from what stands there otherwise. */
function marked<M extends object>(messages: M): M {
  const mark = (value: unknown): unknown => {
    if (typeof value === 'string') {
      return `⟦${value}⟧`;
    }
    if (typeof value === 'function') {
      return (...given: unknown[]) => `⟦${(value as (...given: unknown[]) => string)(...given)}⟧`;
    }
    return marked(value as object);
  };
  return Object.fromEntries(Object.entries(messages).map(([key, value]) => [key, mark(value)])) as M;
}

beforeAll(() => {
  wording.replace('qaa', marked(en));
  adminWording.replace('qaa', marked(admin));
});

afterAll(() => {
  document.documentElement.lang = 'en-GB';
});

/** What a reader sees or hears: text, and attributes that are read out. */
function said(root: Element | ShadowRoot): string[] {
  return [...root.childNodes].flatMap((node) => {
    if (!(node instanceof Element)) {
      return node.nodeType === Node.TEXT_NODE ? [node.textContent ?? ''] : [];
    }
    if (node.tagName === 'STYLE' || node.getAttribute('translate') === 'no') {
      return [];
    }
    const attributes = ['aria-label', 'aria-valuetext', 'placeholder', 'title'].map((one) => node.getAttribute(one));
    const inside = node.shadowRoot ? said(node.shadowRoot) : [];
    return [...attributes.map((value) => value ?? ''), ...said(node), ...inside];
  });
}

/** The text without what the answers hold: names and codes, which are nobody's to translate. */
function withoutGiven(text: string, element: Element, { sent }: Api): string {
  const texts: string[] = [];
  const problem = 'problem' in element ? element.problem : null;
  [...sent, problem].forEach((one) => JSON.stringify(one, (_key, value: unknown) => (texts.push(`${value}`), value)));
  const given = texts.filter((one) => /\p{L}/u.test(one)).sort((one, other) => other.length - one.length);
  return given.reduce((rest, one) => rest.replaceAll(one, ''), text);
}

/** The text without sentences of the catalogue, in which others may stand. */
function withoutMarked(text: string): string {
  const rest = text.replace(/⟦[^⟦⟧]*⟧/g, '');
  return rest === text ? rest : withoutMarked(rest);
}

const months = /\b(Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)\b|US(?=\$)|\bUSD\b/g;

test.each(allStates)('every word comes from the catalogue: %s', async (_name, state) => {
  const element = await showState(state, api());
  document.documentElement.lang = 'qaa';
  await expect.poll(() => said(element.shadowRoot!).join('')).toMatch(/⟦|^\s*$/);
  const outside = said(element.shadowRoot!).map((text) =>
    withoutGiven(withoutMarked(text).replace(months, ''), element, api()),
  );
  expect(outside.filter((text) => /\p{L}/u.test(text))).toEqual([]);
});

/** Words that are English in any sentence. What the answers say is not checked. */
const english = /\b(the|and|your?|with|until|of|is|are|not|free|seats?|plan|change|loading)\b/i;

test.each(allStates)('German knows no English: %s', async (_name, state) => {
  const element = await showState(state, api());
  const before = textOf(element);
  document.documentElement.lang = 'de';
  await expect.poll(() => textOf(element)).not.toBe(before);
  const words = withoutGiven(textOf(element), element, api());
  expect(words.replace(/Free|Up to 5 repos/g, '')).not.toMatch(english);
});

test('both languages bring the same sentences', () => {
  expect(Object.keys(de).sort()).toEqual(Object.keys(en).sort());
  expect(Object.keys(adminGerman).sort()).toEqual(Object.keys(admin).sort());
});
