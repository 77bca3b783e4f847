import { afterEach, beforeEach, expect, vi } from 'vitest';
import type { CsvImporter } from '../importer/importer.component';
import { configAnswer, goodCsv, importAnswer } from './answers';
import { csvFile } from './files';

type Answered = readonly [status: number, body: unknown];

/** An upload that the importer has begun; the test says how it goes on. */
export class Upload {
  readonly upload: { onprogress?: (event: { loaded: number; total: number }) => void } = {};
  readonly headers: Record<string, string> = {};
  form = new FormData();
  url = '';
  aborted = false;
  status = 0;
  responseText = '';
  onload?: () => void;
  onerror?: () => void;
  onabort?: () => void;

  constructor() {
    begun.push(this);
  }

  open(_method: string, url: string): void {
    this.url = url;
  }

  setRequestHeader(name: string, value: string): void {
    this.headers[name] = value;
  }

  send(form: FormData): void {
    this.form = form;
  }

  abort(): void {
    this.aborted = true;
    this.onabort?.();
  }

  answer(status: number, body: unknown = importAnswer()): void {
    this.status = status;
    this.responseText = JSON.stringify(body);
    this.onload?.();
  }

  async text(): Promise<string> {
    return (this.form.get('file') as File).text();
  }
}

let begun: Upload[] = [];

/** Stands for the server: the config as it answers, and the uploads as they come. */
export class Server {
  requests: string[] = [];
  config: Answered | 'never' = [200, configAnswer()];

  readonly fetch = async (url: string): Promise<Response> => {
    this.requests.push(url);
    if (this.config === 'never') {
      return new Promise(() => {});
    }
    const [status, body] = this.config;
    return new Response(JSON.stringify(body), { status });
  };

  async upload(index = 0): Promise<Upload> {
    await expect.poll(() => begun.length).toBeGreaterThan(index);
    return begun[index]!;
  }
}

/** One server per test; page and uploads are forgotten afterwards. */
export function useServer(): () => Server {
  let server = new Server();
  beforeEach(() => {
    server = new Server();
    begun = [];
    vi.stubGlobal('fetch', server.fetch);
    vi.stubGlobal('XMLHttpRequest', Upload);
    document.documentElement.lang = 'en-GB';
  });
  afterEach(() => {
    document.body.replaceChildren();
    vi.unstubAllGlobals();
  });
  return () => server;
}

/** Puts the importer on a page with a heading, as pages have one. */
export function show(prepare?: (importer: CsvImporter) => void): CsvImporter {
  document.body.innerHTML = '<main><h1>Contacts</h1><csv-importer></csv-importer></main>';
  const importer = document.querySelector('csv-importer')!;
  (prepare ?? withKey)(importer);
  return importer;
}

export function withKey(importer: CsvImporter): void {
  importer.importerKey = 'imp_1';
  importer.api = 'https://import.test';
}

export async function says(importer: CsvImporter, words: string): Promise<void> {
  await expect.poll(() => textOf(importer)).toContain(words);
}

export async function pick(importer: CsvImporter, ...files: File[]): Promise<void> {
  await says(importer, 'Choose file');
  const data = new DataTransfer();
  files.forEach((file) => data.items.add(file));
  const input = find<HTMLInputElement>(importer, 'input[type=file]');
  input.files = data.files;
  input.dispatchEvent(new Event('change', { bubbles: true }));
}

/** Presses the button that reads so. */
export async function press(importer: CsvImporter, name: string): Promise<void> {
  await says(importer, name);
  const button = all<HTMLButtonElement>(importer, 'button').find((each) => textOf(each) === name);
  expect(button, `a button that reads ${name}`).toBeTruthy();
  button!.focus();
  button!.click();
}

/** The way to the upload, with a file in which nothing is wrong. */
export async function sendGood(): Promise<CsvImporter> {
  const importer = show();
  await pick(importer, csvFile(goodCsv));
  await press(importer, 'Check the rows');
  await press(importer, 'Import 2 rows');
  return importer;
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

/** The text a reader sees, whitespace folded. */
export function textOf(element: Element): string {
  const words = [...(element.shadowRoot ?? element).childNodes].map((node) => {
    if (node instanceof Element) {
      return node.tagName === 'STYLE' ? '' : textOf(node);
    }
    return node.nodeType === Node.TEXT_NODE ? node.nodeValue : '';
  });
  return words.join(' ').replace(/\s+/g, ' ').trim();
}

export function focused(): Element | null {
  let at = document.activeElement;
  while (at?.shadowRoot?.activeElement) {
    at = at.shadowRoot.activeElement;
  }
  return at;
}

/** The events that the importer sent to the page. */
export function listen(importer: CsvImporter): { readonly type: string; readonly detail: Record<string, unknown> }[] {
  const events: { type: string; detail: Record<string, unknown> }[] = [];
  for (const type of ['csv-ready', 'csv-mapped', 'csv-progress', 'csv-rows', 'csv-complete', 'csv-error']) {
    importer.addEventListener(type, (event) => events.push({ type, detail: (event as CustomEvent).detail }));
  }
  return events;
}
