import { type CSSResultGroup, LitElement, type PropertyDeclarations } from 'lit';
import type { Messages } from '../text/en';
import type { Format } from '../text/format';
import { listenToWords } from '../text/language';
import { wording } from '../text/wording';
import { usualApi } from '../api/host-path';
import { base } from './base';
import { tokens } from './tokens';

/** What every component has: where the API is, its words, and the looks that they all share. */
export abstract class WordedElement extends LitElement {
  static override styles: CSSResultGroup = [tokens, base];

  // declared without decorators, as in the prompt: their code is not worth its bytes where it would be the only use
  static override properties: PropertyDeclarations = { api: {} };

  /** Path of the billing API. A trailing slash is ignored. */
  api = usualApi;

  private unlisten: (() => void) | null = null;

  override connectedCallback(): void {
    super.connectedCallback();
    this.unlisten = listenToWords(() => this.requestUpdate());
  }

  override disconnectedCallback(): void {
    super.disconnectedCallback();
    this.unlisten?.();
  }

  protected get endpoint(): string {
    return this.api.replace(/\/+$/, '');
  }

  protected get say(): Messages {
    return wording.for(this).say;
  }

  protected get format(): Format {
    return wording.for(this).format;
  }
}
