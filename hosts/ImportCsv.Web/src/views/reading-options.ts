import { html, type TemplateResult } from 'lit';
import { type Delimiter, delimiters } from '../csv/delimiter';
import { type Encoding, encodings } from '../csv/encoding';
import type { Inspection } from '../csv/inspect-csv';
import type { View } from './view';

const encodingNames: Readonly<Record<Encoding, string>> = {
  'utf-8': 'UTF-8',
  'utf-16le': 'UTF-16 LE',
  'utf-16be': 'UTF-16 BE',
  'windows-1252': 'Windows-1252',
};

/** How the file was read, and the way to read it differently where the detection was wrong. */
export function readingOptions({ say, flow, format }: View, { reading, notes }: Inspection): TemplateResult {
  const { encoding, delimiter } = reading;
  const chosen = (event: Event) => (event.target as HTMLSelectElement).value;
  return html`${[...notes].map(
      ([code, line]) => html`<p class="muted small">${say.notes[code](say.lineNumber(line, format))}</p>`,
    )}
    <details>
    <summary class="muted small">${say.readAs(encodingNames[encoding], say.delimiters[delimiter])}</summary>
    <p class="muted small">${say.looksWrong}</p>
    <div class="pair">
      <label class="stack tight"
        ><span class="small">${say.encoding}</span>
        <select
          class="field"
          @change=${(event: Event) => void flow.readAgain({ encoding: chosen(event) as Encoding })}
        >
          ${encodings.map(
            (each) => html`<option value=${each} .selected=${each === encoding}>${encodingNames[each]}</option>`,
          )}
        </select>
      </label>
      <label class="stack tight"
        ><span class="small">${say.delimiter}</span>
        <select
          class="field"
          @change=${(event: Event) => void flow.readAgain({ delimiter: chosen(event) as Delimiter })}
        >
          ${delimiters.map(
            (each) => html`<option value=${each} .selected=${each === delimiter}>${say.delimiters[each]}</option>`,
          )}
        </select>
      </label>
    </div>
  </details>`;
}
