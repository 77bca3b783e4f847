import { css } from 'lit';

export const seatEditorStyles = css`
  .stepper {
    display: inline-flex;
    border: 1px solid var(--_edge);
    border-radius: var(--_control-radius);
  }
  .step {
    inline-size: var(--_control);
    block-size: var(--_control);
    border: 0;
    background: var(--_wash);
    color: var(--_ink);
    font: inherit;
    font-weight: 600;
    cursor: pointer;
    touch-action: manipulation;
  }
  .step:first-child {
    border-start-start-radius: 7px;
    border-end-start-radius: 7px;
  }
  .step:last-child {
    border-start-end-radius: 7px;
    border-end-end-radius: 7px;
  }
  .step[aria-disabled='true'] {
    color: var(--_muted);
    cursor: default;
    opacity: 0.6;
  }
  input {
    appearance: textfield;
    inline-size: 3.75rem;
    border: 0;
    border-radius: 0;
    background: transparent;
    color: inherit;
    font: inherit;
    font-weight: 650;
    font-variant-numeric: tabular-nums;
    text-align: center;
  }
  input::-webkit-inner-spin-button,
  input::-webkit-outer-spin-button {
    appearance: none;
    margin: 0;
  }
  input[aria-invalid='true'],
  .hint.wrong {
    color: var(--_warn);
  }
  .hint {
    margin-block-start: 8px;
    min-block-size: 1.5em;
  }
`;
