import type { TemplateResult } from 'lit';
import type { ImporterConfig } from '../api/config';
import type { ImportFlow } from '../flow/import-flow';
import type { Messages } from '../text/en';
import type { Format } from '../text/format';

/** What a step is drawn from. The views hold no state; they call the flow. */
export interface View {
  readonly say: Messages;
  readonly format: Format;
  readonly flow: ImportFlow;
  readonly config: ImporterConfig;
  /** Where the server is, for links that it names. */
  readonly api: string;
  /** Whether a file hovers over the place to drop it. */
  readonly hovering: boolean;
  hover(isOver: boolean): void;
  /** How many faulty rows are to be seen. */
  readonly rowsShown: number;
  showMoreRows(): void;
  /** Says something to who cannot see what changed. */
  announce(text: string): void;
}

export type Drawn = TemplateResult;
