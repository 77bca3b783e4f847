import { css } from 'lit';

/** The frame, and the way. */
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
  .actions {
    padding-block-start: 4px;
  }
  .bone.title {
    block-size: 28px;
    inline-size: min(14rem, 100%);
  }
  .bone.drop-area {
    block-size: 212px;
  }
  .bone.line {
    block-size: 20px;
    inline-size: 70%;
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
    .actions .button {
      flex: 1 1 auto;
    }
  }
  @media (forced-colors: active) {
    .importer,
    .dot {
      border: 1px solid CanvasText;
    }
    [aria-current='step'] .dot {
      outline: 2px solid Highlight;
    }
  }
`;
