import { html, nothing, render } from 'lit';
import { administration, billing } from './gallery/exhibits';
import type { Exhibit, State } from './gallery/state';
import { Api } from './testing/api';

// in a frame the states themselves, outside of it the controls around them
const exhibits: readonly Exhibit[] = [...billing, ...administration];
const root = document.querySelector('main') ?? document.body;

/** The attribute that each switch sets on the page of the states, and what it may be. */
const switches = {
  'data-theme': ['light', 'dark', 'auto'],
  'data-contrast': ['as it is', 'more'],
  'data-density': ['as it is', 'compact'],
  lang: ['en-US', 'en-GB', 'de'],
  dir: ['ltr', 'rtl'],
};

if (window.top === window) {
  showControls();
} else {
  showStates();
}

function showControls(): void {
  const chosen = new URLSearchParams(location.hash.slice(1));
  const choose = (name: string, value: string): void => {
    chosen.set(name, value);
    history.replaceState(null, '', `#${chosen}`);
    apply();
  };
  const frame = (): HTMLIFrameElement | null => root.querySelector('iframe');
  const apply = (): void => {
    const page = frame()?.contentDocument?.documentElement;
    Object.entries(switches).forEach(([name, [first = '']]) => page?.setAttribute(name, chosen.get(name) ?? first));
    frame()?.style.setProperty('inline-size', chosen.get('width') ?? '100%');
  };
  const select = (name: string, options: readonly string[], then = (value: string) => choose(name, value)) =>
    html`<label>
      ${name}
      <select @change=${(event: Event) => then((event.target as HTMLSelectElement).value)}>
        ${options.map((one) => html`<option ?selected=${one === chosen.get(name)}>${one}</option>`)}
      </select>
    </label>`;
  const show = (component: string): void => {
    choose('component', component);
    frame()?.contentWindow?.location.replace(`/dev/gallery/states?component=${component}`);
  };
  const components = exhibits.map(({ component }) => component);
  render(
    html`<form>
        ${select('component', [...components, 'everything'], show)}
        ${Object.entries(switches).map(([name, options]) => select(name, options))}
        ${select('width', ['100%', '320px', '480px', '768px', '1080px'])}
      </form>
      <iframe
        title="States"
        src=${`/dev/gallery/states?component=${chosen.get('component') ?? components[0]}`}
        @load=${apply}
      ></iframe>`,
    root,
  );
}

function showStates(): void {
  const chosen = new URLSearchParams(location.search).get('component');
  const shown = exhibits.filter(({ component }) => chosen === 'everything' || component === chosen);
  const apis = new Map<string, Api>();
  answerFrom(apis);
  stayHere();
  render(
    shown.map(
      ({ component, states }) => html`<h2>${component}</h2>
        ${states.map((state, index) => html`<section>
          <h3>${state.name}</h3>
          ${exhibit(state, `${component}-${index}`, apis)}
        </section>`)}`,
    ),
    root,
  );
}

/** Every state has an API of its own, at a path of its own. */
function exhibit(state: State, id: string, apis: Map<string, Api>): Element | typeof nothing {
  const api = new Api();
  apis.set(id, api);
  state.answer(api);
  const holder = document.createElement('template');
  holder.innerHTML = state.markup;
  const element = document.importNode(holder.content, true).firstElementChild;
  element?.setAttribute('api', `/dev/gallery/of/${id}`);
  queueMicrotask(() => void (element && state.act?.(element)));
  return element ?? nothing;
}

/** Nothing that is shown here asks a server. */
function answerFrom(apis: ReadonlyMap<string, Api>): void {
  window.fetch = async (asked, init) => {
    const url = asked instanceof Request ? asked.url : `${asked}`;
    const id = /\/dev\/gallery\/of\/([^/]+)/.exec(url)?.[1] ?? '';
    return (apis.get(id) ?? new Api()).fetch(url, init);
  };
  Object.assign(window, { EventSource: undefined });
  sessionStorage.clear();
}

/** Whatever is pressed, the gallery is not left. */
function stayHere(): void {
  ['tg-checkout', 'tg-portal', 'tg-upgrade'].forEach((name) =>
    document.addEventListener(name, (event) => event.preventDefault()),
  );
  document.addEventListener('click', (event) => {
    if (event.composedPath().some((at) => at instanceof HTMLAnchorElement)) {
      event.preventDefault();
    }
  });
}
