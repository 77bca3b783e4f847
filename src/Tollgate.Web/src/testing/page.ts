import type { LitElement } from 'lit';
import { afterEach, beforeEach, vi } from 'vitest';
import { forgetFeeds } from '../api/feed';
import { Api } from './api';

export { Api, json } from './api';

/** One API per test, put in place of fetch; pages, feeds and what the tab remembers are forgotten afterwards. */
export function useApi(): () => Api {
  let api = new Api();
  beforeEach(() => {
    api = new Api();
    vi.stubGlobal('fetch', api.fetch);
    document.documentElement.lang = 'en-GB';
  });
  afterEach(() => {
    document.body.replaceChildren();
    forgetFeeds();
    sessionStorage.clear();
    vi.unstubAllGlobals();
    vi.useRealTimers();
  });
  return () => api;
}

/** Puts markup on the page and waits until its answers have arrived and are drawn. */
export async function show<E extends LitElement>(markup: string, prepare?: (element: E) => void): Promise<E> {
  const holder = document.createElement('template');
  holder.innerHTML = markup;
  const element = document.importNode(holder.content, true).firstElementChild as E;
  prepare?.(element);
  document.body.append(element);
  await settle(element);
  return element;
}

/** Waits until the microtasks of fetches and renders have run dry. */
export async function settle(element: LitElement): Promise<void> {
  for (let round = 0; round < 20; round++) {
    await Promise.resolve();
    await element.updateComplete;
  }
}

export function find<T extends Element = HTMLElement>(within: Element, selector: string): T {
  const found = (within.shadowRoot ?? within).querySelector<T>(selector);
  if (!found) {
    throw new Error(`nothing matches ${selector} in ${textOf(within)}`);
  }
  return found;
}

export function all<T extends Element = HTMLElement>(within: Element, selector: string): T[] {
  return [...(within.shadowRoot ?? within).querySelectorAll<T>(selector)];
}

/** The text a reader sees, whitespace folded; of nested components too. */
export function textOf(element: Element | ShadowRoot): string {
  const root = element instanceof Element ? (element.shadowRoot ?? element) : element;
  const words = [...root.childNodes].map((node) => {
    if (node instanceof Element) {
      return node.tagName === 'STYLE' ? '' : textOf(node);
    }
    return node.nodeType === Node.TEXT_NODE ? node.textContent : '';
  });
  return words.join(' ').replace(/\s+/g, ' ').trim();
}
