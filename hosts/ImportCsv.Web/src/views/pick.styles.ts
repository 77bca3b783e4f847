import { css } from 'lit';

/** Where a file is dropped, and what it should hold. */
export const pickStyles = css`
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

  @media (prefers-reduced-motion: reduce) {
    .drop {
      transition: none;
    }
  }
`;
