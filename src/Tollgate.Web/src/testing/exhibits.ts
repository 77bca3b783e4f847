import type { LitElement } from 'lit';
import { expect } from 'vitest';
import { billing, administration } from '../gallery/exhibits';
import type { Exhibit, State } from '../gallery/state';
import type { Api } from './api';
import { show, textOf } from './page';

/** One state of one component, for a table of tests. */
export type Shown = readonly [name: string, state: State];

export const billingStates = named(billing);
export const allStates = named([...billing, ...administration]);

function named(exhibits: readonly Exhibit[]): readonly Shown[] {
  return exhibits.flatMap(({ component, states }) =>
    states.map((state) => [`${component}, ${state.name}`, state] as const),
  );
}

/** The component in that state, once its words are on the page and nothing moves any more. */
export async function showState(state: State, api: Api): Promise<LitElement> {
  state.answer(api);
  document.title = 'Billing';
  document.body.style.cssText = 'margin: 0; background: light-dark(#f6f6f3, #101215); color: light-dark(#000, #fff)';
  const main = await show(`<main><h1>Billing</h1>${state.markup}</main>`);
  const element = main.lastElementChild as LitElement;
  await state.act?.(element);
  await expect.poll(() => textOf(element)).toContain(state.words);
  await stillness();
  return element;
}

/** Waits for what fades in or slides; what turns for ever is not waited for. */
export async function stillness(): Promise<void> {
  const ending = animationsIn(document).filter(({ effect }) => effect?.getTiming().iterations !== Infinity);
  await Promise.all(ending.map((animation) => animation.finished.catch(() => null)));
}

/** Of its shadow trees too. */
function animationsIn(root: Document | ShadowRoot): Animation[] {
  const nested = [...root.querySelectorAll('*')].flatMap(({ shadowRoot }) => (shadowRoot ? [shadowRoot] : []));
  return [...root.getAnimations(), ...nested.flatMap(animationsIn)];
}

/** How the page looks, put back by `plainly`. */
export function lookLike({ theme, contrast }: { theme: 'light' | 'dark'; contrast?: 'more' }): void {
  const { documentElement: root } = document;
  root.dataset['theme'] = theme;
  root.style.colorScheme = theme;
  if (contrast) {
    root.dataset['contrast'] = contrast;
  }
}

export function plainly(): void {
  const { documentElement: root } = document;
  ['data-theme', 'data-contrast', 'data-density', 'dir', 'style'].forEach((name) => root.removeAttribute(name));
}
