import { html, nothing, svg, type SVGTemplateResult, type TemplateResult } from 'lit';
import type { AdminMessages } from '../text/en/admin';

/** Lines over the same dates. Each is told by its dash and its name, never by its colour alone. */
export interface Chart {
  readonly name: string;
  readonly dates: readonly string[];
  readonly lines: readonly { readonly name: string; readonly values: readonly number[] }[];
  readonly show: (value: number) => string;
  readonly words: AdminMessages;
}

const width = 600;
const height = 160;

/** A chart of steps, what it says in words for whoever does not see it, and all its numbers as a table. */
export function chart({ name, dates, lines, show, words }: Chart): TemplateResult {
  const most = Math.max(1, ...lines.flatMap((line) => line.values));
  const says = lines.map(({ name: line, values }) =>
    words.chartSays(line, show(values[0] ?? 0), show(values.at(-1) ?? 0), show(Math.max(0, ...values))),
  );
  return html`<figure class="card stack">
    <figcaption><h2>${name}</h2></figcaption>
    <div class="plot">
      <span class="muted small number" aria-hidden="true">${show(most)}</span>
      <svg
        viewBox="0 0 ${width} ${height}"
        preserveAspectRatio="none"
        role="img"
        aria-label=${[`${name}.`, ...says].join(' ')}
      >
        ${[0, 0.5, 1].map((share) => gridLine(share))}
        ${lines.map((line, index) => steps(line.values, most, index))}
      </svg>
      <div class="row between muted small number" aria-hidden="true">
        <span>${dates[0]}</span>${dates.length > 1 ? html`<span>${dates.at(-1)}</span>` : nothing}
      </div>
    </div>
    <ul class="legend">
      ${lines.map(({ name: line, values }, index) => legend(line, show(values.at(-1) ?? 0), index))}
    </ul>
    <details>
      <summary>${words.asTable}</summary>
      <div class="scroll" tabindex="0" role="region" aria-label=${words.tableOf(name)}>
        ${table(dates, lines, show, words)}
      </div>
    </details>
  </figure>`;
}

/** The outline of one line: a date holds its value until the next one. */
export function stepPath(values: readonly number[], most: number): string {
  const at = (index: number) => round((index * width) / values.length);
  const level = (value: number) => round(height - (value * (height - 4)) / most - 2);
  const step = (value: number, index: number) =>
    `${index === 0 ? 'M' : 'L'}${at(index)} ${level(value)}H${at(index + 1)}`;
  return values.map(step).join('');
}

function steps(values: readonly number[], most: number, index: number): SVGTemplateResult {
  return svg`<path
    class=${`line line-${index % 4}`}
    d=${stepPath(values, most)}
    vector-effect="non-scaling-stroke"
  ></path>`;
}

function gridLine(share: number): SVGTemplateResult {
  const y = 2 + share * (height - 4);
  return svg`<path class="grid" d=${`M0 ${y}H${width}`} vector-effect="non-scaling-stroke"></path>`;
}

function legend(name: string, last: string, index: number): TemplateResult {
  return html`<li>
    <svg class="swatch" viewBox="0 0 32 8" aria-hidden="true">
      <path class=${`line line-${index % 4}`} d="M0 4H32"></path>
    </svg>
    <span>${name}</span> <b class="number">${last}</b>
  </li>`;
}

function table(
  dates: readonly string[],
  lines: Chart['lines'],
  show: Chart['show'],
  words: AdminMessages,
): TemplateResult {
  // the newest first: it is what one looks for
  const rows = dates.map((date, index) => [date, ...lines.map((line) => show(line.values[index] ?? 0))]).reverse();
  return html`<table>
    <thead>
      <tr>
        <th scope="col">${words.date}</th>
        ${lines.map((line) => html`<th scope="col">${line.name}</th>`)}
      </tr>
    </thead>
    <tbody>
      ${rows.map(
        ([date, ...values]) => html`<tr>
          <th scope="row">${date}</th>
          ${values.map((value) => html`<td>${value}</td>`)}
        </tr>`,
      )}
    </tbody>
  </table>`;
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
