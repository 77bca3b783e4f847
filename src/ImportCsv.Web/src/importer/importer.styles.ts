import { css } from 'lit';

export const importerStyles = css`
  :host {
    min-inline-size: min(100%, 17rem);
  }
  .importer {
    container-type: inline-size;
    background: var(--_paper);
    border: 1px solid var(--_line);
    border-radius: var(--_card-radius);
    box-shadow:
      0 1px 2px var(--_shadow),
      0 4px 16px var(--_shadow);
  }
  .way {
    padding: 14px 20px;
    border-block-end: 1px solid var(--_line);
  }
  .body {
    padding: 20px;
  }
  .foot {
    padding: 10px 20px;
    border-block-start: 1px solid var(--_line);
    text-align: end;
  }
  .badge {
    color: var(--_muted);
    font-size: 0.8125rem;
    text-decoration: none;
  }
  .badge:hover {
    text-decoration: underline;
  }

  .steps {
    display: flex;
    align-items: center;
    gap: 8px 10px;
    font-size: 0.875rem;
    color: var(--_muted);
  }
  .steps li {
    position: relative;
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .steps li + li::before {
    content: '';
    inline-size: clamp(6px, 3cqi, 32px);
    block-size: 1px;
    margin-inline-end: 2px;
    background: var(--_edge);
  }
  .dot {
    display: grid;
    place-items: center;
    inline-size: 24px;
    block-size: 24px;
    border: 1px solid var(--_edge);
    border-radius: 50%;
    font-size: 0.75rem;
    font-weight: 650;
  }
  .past .dot {
    border-color: transparent;
    background: var(--_soft);
    color: var(--_accent);
  }
  [aria-current='step'] {
    color: var(--_ink);
    font-weight: 650;
    white-space: nowrap;
  }
  [aria-current='step'] .dot {
    border-color: transparent;
    background: var(--_accent);
    color: var(--_on-accent);
  }

  .drop {
    display: grid;
    justify-items: center;
    gap: 4px;
    padding: 28px 16px;
    border: 1.5px dashed var(--_field);
    border-radius: var(--_card-radius);
    text-align: center;
    cursor: pointer;
    transition: background 120ms ease;
  }
  .drop svg {
    color: var(--_accent);
    margin-block-end: 4px;
  }
  .drop .button {
    margin-block: 12px;
  }
  .drop.over,
  .drop:hover {
    border-color: var(--_accent);
    background: var(--_soft);
  }
  .drop:hover .muted,
  .drop.over .muted {
    color: var(--_ink);
  }
  .drop:focus-within:has(:focus-visible) {
    outline: 2px solid var(--_accent);
    outline-offset: 2px;
  }
  .big {
    font-size: 1.0625rem;
    font-weight: 650;
  }
  .wanted {
    display: grid;
    gap: 8px;
  }
  .chips {
    display: flex;
    flex-wrap: wrap;
    gap: 8px;
  }
  .chip {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 4px 8px;
    max-inline-size: 100%;
    padding: 3px 10px;
    border: 1px solid var(--_line);
    border-radius: var(--_control-radius);
    font-size: 0.875rem;
  }
  .chip .tag {
    margin-inline-end: -6px;
  }

  .working {
    display: grid;
    gap: 12px;
    padding-block: 24px;
    animation: appear 160ms 120ms ease-out backwards;
  }
  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 8px;
    border: 0;
    border-radius: 4px;
    overflow: hidden;
    background: var(--_line);
  }
  progress::-webkit-progress-bar {
    background: var(--_line);
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
    transition: inline-size 120ms linear;
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }
  progress:indeterminate {
    background: linear-gradient(90deg, var(--_line), var(--_accent), var(--_line)) 0 / 50% 100%;
    animation: pass 1.4s linear infinite;
  }
  progress:indeterminate::-webkit-progress-bar {
    background: transparent;
  }

  .match {
    display: grid;
    grid-template-columns: minmax(0, 5fr) auto minmax(0, 7fr);
    align-items: start;
    gap: 4px 16px;
    padding-block: 10px;
    border-block-end: 1px solid var(--_line);
  }
  .match:first-child {
    border-block-start: 1px solid var(--_line);
  }
  .ours {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 0 8px;
    padding-block-start: 8px;
  }
  .example {
    flex-basis: 100%;
  }
  .arrow {
    display: flex;
    padding-block-start: 12px;
  }
  .arrow:dir(rtl) svg {
    scale: -1 1;
  }
  .sample {
    min-block-size: 1.5em;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .check {
    justify-self: start;
    flex-wrap: nowrap;
    cursor: pointer;
  }
  .check input {
    flex: none;
  }

  .scroll {
    overflow: auto;
    border: 1px solid var(--_line);
    border-radius: var(--_control-radius);
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.8125rem;
  }
  th,
  td {
    max-inline-size: 16rem;
    padding: 7px 12px;
    text-align: start;
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  th {
    background: var(--_wash);
    font-weight: 600;
  }
  th.used {
    color: var(--_accent);
  }
  tbody tr {
    border-block-start: 1px solid var(--_line);
  }
  summary {
    inline-size: fit-content;
    padding-block: 4px;
    cursor: pointer;
  }
  .pair {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(12rem, 100%), 1fr));
    gap: 12px;
    padding-block-start: 8px;
  }
  .actions {
    padding-block-start: 4px;
  }

  .faulty {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    border-block-start: 1px solid var(--_line);
  }
  .row-card {
    display: grid;
    grid-template-columns: minmax(0, 1fr);
    gap: 4px;
    padding-block: 12px;
    border-block-end: 1px solid var(--_line);
  }
  .context {
    white-space: nowrap;
    overflow: hidden;
    text-overflow: ellipsis;
  }
  .context:empty {
    display: none;
  }
  .cell {
    display: grid;
    grid-template-columns: minmax(0, 3fr) minmax(0, 6fr) minmax(0, 6fr);
    align-items: center;
    gap: 4px 16px;
    padding-block: 4px;
  }
  .bad {
    color: var(--_bad);
  }
  .good {
    color: var(--_good);
  }
  .good svg {
    vertical-align: -3px;
  }
  .result {
    display: flex;
    align-items: flex-start;
    gap: 14px;
    padding-block: 8px;
  }
  .mark {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 40px;
    block-size: 40px;
    border-radius: 50%;
    background: var(--_soft);
    color: var(--_accent);
  }
  .refused {
    max-block-size: 22rem;
  }
  .refusal {
    display: grid;
    grid-template-columns: minmax(0, 2fr) minmax(0, 3fr) minmax(0, 4fr) minmax(0, 6fr);
    gap: 2px 12px;
    padding: 8px 12px;
    font-size: 0.875rem;
  }
  .refusal + .refusal {
    border-block-start: 1px solid var(--_line);
  }

  @container (max-width: 560px) {
    .way,
    .body,
    .foot {
      padding-inline: 16px;
    }
    .steps {
      gap: 8px;
    }
    .steps li:not([aria-current='step']) .name {
      position: absolute;
      inline-size: 1px;
      block-size: 1px;
      overflow: hidden;
      clip-path: inset(50%);
    }
    .match,
    .cell {
      grid-template-columns: minmax(0, 1fr);
    }
    .ours {
      padding-block-start: 0;
    }
    .arrow {
      display: none;
    }
    .refusal {
      grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
    }
    .actions .button {
      flex: 1 1 auto;
    }
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @keyframes pass {
    from {
      background-position: 150% 0;
    }
    to {
      background-position: -50% 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .working,
    .drop {
      animation: none;
      transition: none;
    }
    progress::-webkit-progress-value {
      transition: none;
    }
    progress:indeterminate {
      animation-duration: 6s;
    }
  }
  @media (forced-colors: active) {
    .importer,
    .drop,
    .dot,
    progress {
      border: 1px solid CanvasText;
    }
    [aria-current='step'] .dot {
      outline: 2px solid Highlight;
    }
  }
`;
