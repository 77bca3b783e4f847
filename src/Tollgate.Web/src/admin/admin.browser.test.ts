import type { LitElement } from 'lit';
import { userEvent } from 'vitest/browser';
import { expect, test } from 'vitest';
import '../admin';
import { accountAnswer, eventsAnswer, payloadAnswer } from '../testing/admin-answers';
import { find, show, textOf, useApi } from '../testing/page';

const api = useApi();

async function showUntil(markup: string, words: string): Promise<LitElement> {
  const element = await show(markup);
  await expect.poll(() => textOf(element)).toContain(words);
  return element;
}

function focused(): Element | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) {
    at = at.shadowRoot.activeElement;
  }
  return at;
}

test('the keyboard opens an event, replays it with a reason and is led to what became of it', async () => {
  api().on('events', eventsAnswer()).on('evt_1', payloadAnswer()).on('replay', { status: 'done' });
  const events = await showUntil('<tg-admin-events></tg-admin-events>', 'invoice.paid');
  find<HTMLElement>(events, '[aria-expanded]').focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => textOf(events)).toContain('Replay');
  await userEvent.keyboard('{Tab}{Tab}{Enter}');
  await expect.poll(() => focused()?.id).toBe('why');
  // the list shows only what was asked for: a replayed event may be gone from it
  api().on('events', { events: [], next: null });
  await userEvent.keyboard('known now{Enter}');
  await expect.poll(() => focused()?.id).toBe('said');
  expect(textOf(focused()!)).toBe('evt_1 starts again from the beginning.');
  expect(api().to('replay')[0]?.body).toEqual({ why: 'known now' });
});

test('keeping as it is sends nothing and gives the focus back', async () => {
  api().on('acme', accountAnswer());
  const shown = await showUntil('<tg-admin-account account="acme"></tg-admin-account>', 'Refresh now');
  const act = find(shown, 'tg-admin-act');
  find<HTMLElement>(act, '#open').focus();
  await userEvent.keyboard('{Enter}');
  await expect.poll(() => focused()?.id).toBe('why');
  await userEvent.keyboard('{Tab}{Tab}{Enter}');
  await expect.poll(() => focused()?.id).toBe('open');
  expect(api().to('refresh')).toHaveLength(0);
});
