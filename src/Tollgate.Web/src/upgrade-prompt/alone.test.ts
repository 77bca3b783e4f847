import { expect, test } from 'vitest';
import '../upgrade-prompt';
import { upgradePrompt } from '../gallery/states/account';
import { settle, show, textOf, useApi } from '../testing/page';
import type { UpgradePrompt } from './upgrade-prompt.component';

const api = useApi();

// this file imports the prompt's own module and no other
test.each(upgradePrompt.states.map((state) => [state.name, state] as const))(
  'the prompt needs no other module, and brings all that it says: %s',
  async (_name, { markup, answer, act, words }) => {
    answer(api());
    const prompt = await show<UpgradePrompt>(markup);
    await act?.(prompt);
    await settle(prompt);
    expect(textOf(prompt)).toContain(words);
    expect(textOf(prompt)).not.toContain('undefined');
    expect(customElements.get('tg-plan-table')).toBeUndefined();
  },
);
