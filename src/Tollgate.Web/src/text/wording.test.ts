import { afterEach, describe, expect, test, vi } from 'vitest';
import './english';
import { en } from './en';
import { Format } from './format';
import { setMessages, wording } from './wording';

afterEach(() => {
  document.body.replaceChildren();
  document.documentElement.lang = '';
  vi.unstubAllGlobals();
});

function inLanguage(lang: string): Element {
  const element = document.createElement('p');
  element.lang = lang;
  document.body.append(element);
  return element;
}

describe('the language', () => {
  test('is that of the nearest lang, with its formats', () => {
    expect(wording.for(inLanguage('en-GB')).format.locale).toBe('en-GB');
    expect(wording.for(inLanguage('en-US')).format.locale).toBe('en-US');
  });

  test('reaches through a shadow root', () => {
    const host = inLanguage('en-AU');
    const inner = host.attachShadow({ mode: 'open' }).appendChild(document.createElement('i'));
    expect(wording.for(inner).format.locale).toBe('en-AU');
  });

  test('without sentences of its own gets English ones and English dates', () => {
    const found = wording.for(inLanguage('fr'));
    expect(found.say).toEqual(en);
    expect(found.format.locale).toBe('en');
  });

  test.each(['', '!!', 'x'])('%j is none', (lang) => {
    expect(wording.for(inLanguage(lang)).say).toEqual(en);
  });

  test('can be added, sentence by sentence', () => {
    setMessages('de', { seats: 'Plätze' });
    const found = wording.for(inLanguage('de-AT'));
    expect([found.say.seats, found.say.annual, found.format.locale]).toEqual(['Plätze', 'Annual', 'de-AT']);
  });
});

describe('ordinals', () => {
  test.each([
    [1, 'That was your free fix. Nice work.'],
    [5, 'That was your fifth free fix. Nice work.'],
    [22, 'That was your 22nd free fix. Nice work.'],
    [100, 'That was your 100th free fix. Nice work.'],
  ])('of %i', (used, sentence) => {
    expect(en.lastOne(used, { one: 'fix', many: 'fixes' }, true, new Format('en'))).toBe(sentence);
  });
});
