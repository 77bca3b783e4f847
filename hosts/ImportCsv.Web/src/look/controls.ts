import { css } from 'lit';

/** What the steps are made of: buttons, notes, fields, tables. */
export const controls = css`
  *,
  *::before,
  *::after {
    box-sizing: border-box;
  }
  :host {
    display: block;
    overflow-wrap: anywhere;
  }
  :host([hidden]) {
    display: none;
  }
  h2,
  h3,
  p,
  ul,
  ol,
  dl,
  dd {
    margin: 0;
    padding: 0;
  }
  ul,
  ol {
    list-style: none;
  }
  h2 {
    font-size: 1.25rem;
    font-weight: 650;
    line-height: 1.35;
    letter-spacing: -0.01em;
  }
  h3 {
    font-size: 0.9375rem;
    font-weight: 650;
  }
  p {
    text-wrap: pretty;
  }
  /* a foreign text runs its own way, from where the others begin */
  [dir='auto']:not(.field) {
    text-align: match-parent;
  }
  .muted {
    color: var(--_muted);
  }
  .small {
    font-size: 0.8125rem;
  }
  .number {
    font-variant-numeric: tabular-nums;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 8px 12px;
  }
  .between {
    justify-content: space-between;
  }
  .stack {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 16px;
  }
  .tight {
    gap: 4px;
  }
  .tag {
    flex: none;
    font-size: 0.75rem;
    font-weight: 600;
    line-height: 1.3;
    padding: 3px 8px;
    border-radius: 6px;
    background: var(--_soft);
    color: var(--_accent);
  }
  .button {
    display: inline-flex;
    align-items: center;
    justify-content: center;
    gap: 8px;
    min-block-size: 40px;
    padding: 8px 16px;
    border: 1px solid transparent;
    border-radius: var(--_control-radius);
    background: var(--_accent);
    color: var(--_on-accent);
    font: inherit;
    font-size: 0.875rem;
    font-weight: 600;
    line-height: 1.25;
    text-align: center;
    text-decoration: none;
    cursor: pointer;
    transition: filter 120ms ease;
  }
  .button:hover {
    filter: brightness(1.08);
  }
  .button.quiet {
    background: transparent;
    border-color: var(--_edge);
    color: var(--_ink);
  }
  .button.quiet:hover {
    background: var(--_wash);
    filter: none;
  }
  .link {
    padding: 4px 0;
    border: 0;
    background: none;
    color: var(--_accent);
    font: inherit;
    font-weight: 600;
    text-decoration: underline;
    text-underline-offset: 3px;
    cursor: pointer;
  }
  .link.small {
    font-size: 0.8125rem;
  }
  .field {
    inline-size: 100%;
    min-block-size: 40px;
    padding: 7px 10px;
    border: 1px solid var(--_field);
    border-radius: var(--_control-radius);
    background: var(--_paper);
    color: var(--_ink);
    font: inherit;
    font-size: 0.875rem;
    text-overflow: ellipsis;
  }
  .field[aria-invalid='true'] {
    border-color: var(--_bad);
  }
  input[type='checkbox'] {
    inline-size: 18px;
    block-size: 18px;
    margin: 0;
    accent-color: var(--_accent);
  }
  :focus-visible {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  h2:focus {
    outline: none;
  }
  .note {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: 8px 16px;
    padding: 12px 16px;
    border: 1px solid color-mix(in srgb, var(--_note) 25%, transparent);
    border-radius: var(--_control-radius);
    background: var(--_note-soft);
    color: var(--_note);
    --_note: var(--_bad);
    --_note-soft: var(--_bad-soft);
  }
  .note.warn {
    --_note: var(--_warn);
    --_note-soft: var(--_warn-soft);
  }
  .note > p {
    flex: 1 1 14rem;
  }
  .note .link {
    color: inherit;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  .bone {
    border-radius: 6px;
    background: var(--_line);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .bone {
      animation: none;
    }
    .button {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .button,
    .note,
    .field {
      border-color: CanvasText;
    }
  }
`;
