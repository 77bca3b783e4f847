import { css } from 'lit';

/** What the administration's components are made of, beside the controls that all components share. */
export const adminStyles = css`
  :host {
    --_mono: var(--tg-mono-font-family, ui-monospace, 'SF Mono', Menlo, Consolas, monospace);
  }
  h3,
  dl,
  dd,
  ol,
  figure {
    margin: 0;
    padding: 0;
  }
  h3 {
    font-size: 1rem;
    font-weight: 650;
  }
  .cards {
    display: grid;
    gap: calc(5 * var(--_unit));
  }
  .stack > .bone {
    block-size: 44px;
  }
  form.ask {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    gap: 12px;
  }
  .field {
    display: grid;
    flex: 1 1 180px;
    gap: 4px;
    min-inline-size: 0;
    font-size: 0.875rem;
    font-weight: 600;
  }
  .field.wide {
    flex-basis: 300px;
  }
  .hint {
    color: var(--_muted);
    font-size: 0.8125rem;
    font-weight: 400;
  }
  .acts > * {
    min-inline-size: 0;
    max-inline-size: 100%;
  }
  input,
  select {
    inline-size: 100%;
    min-inline-size: 0;
    min-block-size: var(--_control);
    padding: var(--_unit) calc(3 * var(--_unit));
    border: 1px solid light-dark(#868d9a, #6c7482);
    border-radius: var(--_control-radius);
    background: var(--_paper);
    color: inherit;
    font: inherit;
    font-weight: 400;
  }
  input[type='checkbox'] {
    inline-size: auto;
    min-block-size: 0;
    margin: 0;
    accent-color: var(--_accent);
  }
  .rows {
    list-style: none;
  }
  .rows > li {
    padding-block: calc(3 * var(--_unit));
  }
  .rows > li + li {
    border-block-start: 1px solid var(--_line);
  }
  .rows > li:first-child {
    padding-block-start: 0;
  }
  .rows > li:last-child {
    padding-block-end: 0;
  }
  .words {
    display: grid;
    flex: 1 1 220px;
    min-inline-size: 0;
  }
  code {
    font-family: var(--_mono);
    font-size: 0.8125rem;
  }
  .tag.plain {
    background: var(--_wash);
    color: var(--_muted);
  }
  .tag.warn {
    background: var(--_warn-soft);
    color: var(--_warn);
  }
  .tag.bad {
    background: var(--_bad-soft);
    color: var(--_bad);
  }
  .facts {
    display: grid;
    grid-template-columns: repeat(auto-fill, minmax(min(100%, 200px), 1fr));
    gap: 12px 20px;
  }
  .facts dt {
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .acts {
    display: flex;
    flex-wrap: wrap;
    align-items: start;
    gap: 12px;
  }
  .timeline li {
    display: grid;
    grid-template-columns: 168px 72px minmax(0, 1fr);
    gap: 2px 12px;
    font-size: 0.875rem;
  }
  .timeline .tag {
    justify-self: start;
    align-self: start;
    white-space: nowrap;
  }
  pre {
    max-block-size: 420px;
    margin: 0;
    padding: 12px;
    overflow: auto;
    border-radius: var(--_control-radius);
    background: var(--_wash);
    font: 0.8125rem/1.5 var(--_mono);
    white-space: pre-wrap;
  }
  @media (max-width: 640px) {
    .timeline li {
      grid-template-columns: minmax(0, 1fr) auto;
    }
    .timeline .words {
      grid-column: 1 / -1;
    }
  }
`;
