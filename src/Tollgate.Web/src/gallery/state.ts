import type { Api } from '../testing/api';

/** A component in a state that it can be in: how it gets there, and English words that it shows only then. */
export interface State {
  /** Its own, among those of its component. */
  readonly name: string;
  readonly markup: string;
  readonly words: string;
  readonly answer: (api: Api) => unknown;
  /** What the reader does to get there, once the component is shown. */
  readonly act?: (element: Element) => Promise<unknown>;
}

/** The states of one component. */
export interface Exhibit {
  readonly component: string;
  readonly states: readonly State[];
}

/** An answer that does not come. */
export const never = () => new Promise<Response>(() => {});

/** A proxy's page, where JSON was to be. */
export const brokenPage = () => new Response('<!doctype html><h1>Bad gateway</h1>', { status: 502 });

export const longName = 'Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft';

export const hostileName = '<img src=x onerror="alert(1)"><script>alert(2)</script>';

/** Presses the button of that name, in `element` or in what it is made of, as soon as there is one. */
export async function press(element: Element, name: string): Promise<void> {
  const isButton = (one: Element) => one.matches('button, input[type=radio]');
  (await soon(() => within(element).find((one) => isButton(one) && isNamed(one, name)))).click();
}

/** Types into the first field, as soon as there is one. */
export async function type(element: Element, text: string): Promise<void> {
  const found = await soon(() => within(element).find((one) => one.matches('input:not([type=radio])')));
  const field = found as HTMLInputElement;
  field.value = text;
  field.dispatchEvent(new Event('input', { bubbles: true, composed: true }));
}

function isNamed(element: HTMLElement, name: string): boolean {
  const own = element.getAttribute('aria-label') ?? element.closest('label')?.textContent ?? element.textContent ?? '';
  return own.replace(/\s+/g, ' ').trim() === name && element.getAttribute('aria-disabled') !== 'true';
}

/** All elements of it and of its shadow trees. */
function within(root: Element | ShadowRoot): HTMLElement[] {
  const inside = [...root.querySelectorAll<HTMLElement>('*')];
  const own = root instanceof Element && root.shadowRoot ? within(root.shadowRoot) : [];
  return [...own, ...inside.flatMap((one) => [one, ...(one.shadowRoot ? within(one.shadowRoot) : [])])];
}

async function soon<T>(look: () => T | undefined): Promise<T> {
  for (;;) {
    const found = look();
    if (found !== undefined) {
      return found;
    }
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
}
