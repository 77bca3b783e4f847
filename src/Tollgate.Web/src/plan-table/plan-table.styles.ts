import { css } from 'lit';

export const planTableStyles = css`
  .head {
    display: flex;
    flex-wrap: wrap;
    align-items: end;
    justify-content: space-between;
    gap: calc(4 * var(--_unit));
    margin-block-end: calc(5 * var(--_unit));
    min-block-size: calc(var(--_control) + 6px);
  }
  .switch {
    display: inline-flex;
    padding: 3px;
    border: 1px solid var(--_edge);
    border-radius: 9px;
    background: var(--_paper);
    font-size: 0.8125rem;
    font-weight: 600;
    line-height: 1.25;
  }
  .switch label {
    position: relative;
    cursor: pointer;
  }
  .switch input {
    position: absolute;
    inset: 0;
    margin: 0;
    opacity: 0;
    pointer-events: none;
  }
  .switch span {
    display: flex;
    flex-wrap: wrap;
    gap: 0 6px;
    align-items: center;
    min-block-size: calc(var(--_control) - 6px);
    padding: var(--_unit) calc(3 * var(--_unit));
    border-radius: 6px;
    color: var(--_muted);
  }
  .switch i {
    font-style: normal;
    font-weight: 500;
    color: var(--_accent);
  }
  .switch input:checked + span {
    background: var(--_ink);
    color: var(--_paper);
  }
  .switch input:checked + span i {
    color: inherit;
  }
  .switch input:focus-visible + span {
    outline: var(--_focus) solid var(--_accent);
    outline-offset: 2px;
  }
  .note {
    margin-block-end: calc(4 * var(--_unit));
  }
  .plans {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr));
    gap: calc(4 * var(--_unit));
  }
  /* name, price, what is included and foot: each on one line across all plans */
  .plan {
    display: grid;
    grid-row: span 4;
    grid-template-rows: subgrid;
    row-gap: calc(4 * var(--_unit));
    align-content: start;
  }
  .plan > .row:first-child {
    min-block-size: 27px;
  }
  .plan.open {
    border-color: var(--_accent);
    box-shadow:
      0 0 0 1px var(--_accent),
      var(--_shadow);
  }
  .contact h2 {
    font-size: inherit;
  }
  .price {
    display: grid;
    gap: 6px;
    align-content: start;
  }
  .price strong {
    font-size: 2.125rem;
    font-weight: 650;
    line-height: 1;
    letter-spacing: -0.03em;
  }
  ul {
    display: grid;
    align-content: start;
    gap: calc(2 * var(--_unit));
    font-size: 0.875rem;
    list-style: none;
  }
  li {
    display: flex;
    gap: calc(2 * var(--_unit));
  }
  .check {
    flex: none;
    margin-block-start: 2px;
    color: var(--_accent);
  }
  .foot ul {
    gap: 6px;
    font-size: 0.8125rem;
  }
  .foot {
    display: grid;
    gap: calc(3 * var(--_unit));
    align-content: end;
  }
  .total output {
    font-weight: 650;
  }
  .current {
    display: flex;
    align-items: center;
    justify-content: center;
    min-block-size: var(--_control);
    padding: var(--_unit) calc(4 * var(--_unit));
    border: 1px dashed var(--_edge);
    border-radius: var(--_control-radius);
    color: var(--_muted);
    font-size: 0.875rem;
    font-weight: 600;
  }
  .contact {
    margin-block-start: calc(4 * var(--_unit));
    padding-block: 14px;
    row-gap: 12px;
  }
  @media (max-width: 480px) {
    .contact .button {
      flex-basis: 100%;
    }
  }
  .foot .choices .button {
    flex-basis: 100%;
  }
  .foot .note {
    margin: 0;
    font-size: 0.875rem;
  }
  .bones {
    display: grid;
    gap: calc(3.5 * var(--_unit));
  }
  div.bone {
    block-size: 14px;
  }
  div.bone.short {
    inline-size: 40%;
    block-size: 20px;
  }
  div.bone.tall {
    inline-size: 55%;
    block-size: 54px;
  }
  div.bone.foot {
    block-size: var(--_control);
    margin-block-start: 120px;
  }
  @media (forced-colors: active) {
    .switch input:checked + span,
    .plan.open {
      outline: 2px solid Highlight;
    }
  }
`;
