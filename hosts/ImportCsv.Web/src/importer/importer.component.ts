import { LitElement, type PropertyValues, type TemplateResult } from 'lit';
import { property, state } from 'lit/decorators.js';
import { type Answer, failed, ownProblem } from '../api/answer';
import { fetchConfig, type ImporterConfig, pageConfig } from '../api/config';
import { Malformed } from '../api/read';
import { deliverTo, deliverToPage, type Delivery, type TakeRows } from '../flow/delivery';
import { type FlowHost, ImportFlow } from '../flow/import-flow';
import type { Step } from '../flow/step';
import { controls } from '../look/controls';
import { tokens } from '../look/tokens';
import type { Notation } from '../notation/notation';
import { type Wording, wordingFor } from '../text/wording';
import { matchStyles } from '../views/match.styles';
import { pickStyles } from '../views/pick.styles';
import { reviewStyles } from '../views/review.styles';
import { rowsPerPage } from '../views/review.view';
import type { View } from '../views/view';
import { workingStyles } from '../views/working.styles';
import { customSheet } from './custom-sheet';
import { importerStyles } from './importer.styles';
import { importerView } from './importer.view';

const scriptOrigin = new URL(import.meta.url).origin;

/**
 * Imports a CSV file: pick, match, check, import. With `importer-key` the server names the columns and takes the
 * rows; without one the page does both, by `columns` and `onRows`, and nothing is requested.
 *
 * @event csv-ready the columns are known; detail `{ columns: { key, label }[] }`
 * @event csv-mapped the columns are matched; detail `{ mapping: { [key]: header | null }, rows }`
 * @event csv-progress detail `{ task, done, total }` in bytes
 * @event csv-rows without a key: the rows; detail `{ rows, fileName }`
 * @event csv-complete detail `{ imported, leftOut }`, and with a key `id`, `status`, `rows`, `errors` and the like
 * @event csv-error detail `{ code, detail, status, line, limit }`
 */
export class CsvImporter extends LitElement implements FlowHost {
  static override styles = [tokens, controls, importerStyles, pickStyles, workingStyles, matchStyles, reviewStyles];

  /** Which importer of the server this is. */
  @property({ attribute: 'importer-key' }) importerKey = '';
  /** Origin of the server; by default the one that this script came from. */
  @property() api = '';
  /** The columns, where there is no key: `[{ key, label, type, required, ... }]`. */
  @property({ converter: { fromAttribute: parseColumns }, hasChanged: differs }) columns: unknown = null;
  /** Without a key: most rows of a file. */
  @property({ type: Number, attribute: 'max-rows' }) maxRows = 100_000;
  /** Without a key: what stands between the values of each file (`,`, `;`, `|` or `tab`); by default the file says. */
  @property() delimiter = '';
  /** Without a key: takes the rows. What it returns is waited for. */
  @property({ attribute: false }) onRows: TakeRows | null = null;

  @state() private hovering = false;
  @state() private rowsShown = rowsPerPage;
  @state() private said = '';

  private readonly flow = new ImportFlow(this);
  private shownKind = '';
  private shownStep: Step | null = null;
  private hadFocus = false;
  private worn: CSSStyleSheet | null = null;

  get delivery(): Delivery {
    return this.importerKey === '' ? deliverToPage(this.takeRows) : deliverTo(this.server, this.importerKey);
  }

  get notation(): Notation {
    return this.wording.format.notation;
  }

  /** Begins anew, with the columns asked for again. */
  restart(): void {
    const load = (signal: AbortSignal) => this.load(signal);
    void this.flow.start(load);
  }

  stepChanged(): void {
    this.requestUpdate();
  }

  emit(event: string, detail: unknown): void {
    this.dispatchEvent(new CustomEvent(event, { detail, bubbles: true, composed: true }));
  }

  override connectedCallback(): void {
    super.connectedCallback();
    if (this.hasUpdated) {
      this.restart();
    }
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.flow.stop();
  }

  protected override willUpdate(changed: PropertyValues<this>): void {
    const asks = ['importerKey', 'api', 'columns', 'maxRows', 'delimiter'] as const;
    if (asks.some((name) => changed.has(name))) {
      this.restart();
    }
    const kind = kindOf(this.flow);
    this.hadFocus = this.shadowRoot?.activeElement !== null && this.hasUpdated;
    if (kind !== this.shownKind) {
      this.said = '';
      this.rowsShown = rowsPerPage;
    }
  }

  protected override render(): TemplateResult {
    const { say, format } = this.wording;
    const view: View = {
      say,
      format,
      flow: this.flow,
      config: this.flow.config ?? emptyConfig,
      api: this.server,
      hovering: this.hovering,
      hover: (isOver) => (this.hovering = isOver),
      rowsShown: this.rowsShown,
      showMoreRows: () => void this.showMoreRows(),
      announce: (text) => (this.said = text),
    };
    return importerView(view, this.said, () => this.restart());
  }

  protected override updated(): void {
    this.wear(customSheet(this.flow.config?.customCss ?? null));
    const kind = kindOf(this.flow);
    if (kind !== this.shownKind) {
      const isFirst = this.shownKind === '';
      this.shownKind = kind;
      this.followFocus(isFirst);
    } else if (this.shownStep !== this.flow.step && isRefused(this.flow)) {
      this.shadowRoot!.querySelector<HTMLElement>('.doubt input, select[aria-invalid="true"]')?.focus();
    }
    this.shownStep = this.flow.step;
  }

  private async showMoreRows(): Promise<void> {
    const first = this.rowsShown;
    this.rowsShown += rowsPerPage;
    await this.updateComplete;
    const row = this.shadowRoot!.querySelectorAll('.row-card')[first];
    row?.querySelector<HTMLElement>('input, select')?.focus();
  }

  private wear(sheet: CSSStyleSheet | null): void {
    if (this.worn !== sheet) {
      const others = this.shadowRoot!.adoptedStyleSheets.filter((each) => each !== this.worn);
      this.shadowRoot!.adoptedStyleSheets = sheet ? [...others, sheet] : others;
      this.worn = sheet;
    }
  }

  /** What had the focus may be gone: the heading of what came instead gets it, and is read out. */
  private followFocus(isFirst: boolean): void {
    if (this.hadFocus && !isFirst) {
      this.shadowRoot!.querySelector<HTMLElement>('h2')?.focus();
    }
  }

  private get wording(): Wording {
    return wordingFor(this);
  }

  private get server(): string {
    const base = URL.canParse(this.api, document.baseURI) && this.api !== '' ? this.api : scriptOrigin;
    return new URL(base, document.baseURI).href.replace(/\/+$/, '');
  }

  private readonly takeRows: TakeRows = async (rows, about) => {
    this.emit('csv-rows', { rows, ...about });
    await this.onRows?.(rows, about);
  };

  private async load(signal: AbortSignal): Promise<Answer<ImporterConfig>> {
    if (this.importerKey !== '') {
      return fetchConfig(this.server, this.importerKey, signal);
    }
    if (this.columns === null) {
      // they come as a property, a moment later
      return new Promise(() => {});
    }
    try {
      return { ok: true, value: pageConfig(this.columns, this.maxRows, this.delimiter) };
    } catch (error) {
      if (error instanceof Malformed) {
        return failed(ownProblem('columns_invalid', { detail: error.message }));
      }
      throw error;
    }
  }
}

const emptyConfig: ImporterConfig = {
  ...{ name: '', columns: [], showBranding: false, rowsMax: null, importsMax: null },
  ...{ canImport: false, isPaused: false, resetsAt: null, upgradeUrl: null, customCss: null, delimiter: null },
};

function isRefused({ step }: ImportFlow): boolean {
  return step.kind === 'match' && step.refusal !== null;
}

/** Tasks differ as steps do: each has its own heading. */
function kindOf({ step }: ImportFlow): string {
  return step.kind === 'working' ? step.task : step.kind;
}

function parseColumns(value: string | null): unknown {
  try {
    return value === null ? null : (JSON.parse(value) as unknown);
  } catch {
    // no JSON is no list of columns, and is said so where it is read
    return value;
  }
}

/** A page that draws itself anew hands over an equal list, which is no reason to begin anew. */
function differs(now: unknown, before: unknown): boolean {
  return JSON.stringify(now) !== JSON.stringify(before);
}
