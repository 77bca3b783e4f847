import { css } from 'lit';

export const chartStyles = css`
  .charts {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 420px), 1fr));
    gap: 20px;
  }
  .charts > .stack {
    align-content: start;
  }
  .plot {
    display: grid;
    gap: 4px;
  }
  .plot svg {
    inline-size: 100%;
    block-size: 160px;
  }
  .grid {
    stroke: var(--_line);
    stroke-width: 1;
  }
  .line {
    fill: none;
    stroke-width: 2;
    stroke-linejoin: round;
  }
  .line-0 {
    stroke: var(--_accent);
  }
  .line-1 {
    stroke: var(--_ink);
    stroke-dasharray: 7 4;
  }
  .line-2 {
    stroke: var(--_warn);
    stroke-dasharray: 2 3;
  }
  .line-3 {
    stroke: var(--_bad);
    stroke-dasharray: 9 3 2 3;
  }
  .legend {
    display: flex;
    flex-wrap: wrap;
    gap: 4px 20px;
    list-style: none;
    font-size: 0.875rem;
  }
  .legend li {
    display: flex;
    align-items: center;
    gap: 8px;
  }
  .swatch {
    flex: none;
    inline-size: 32px;
    block-size: 8px;
  }
  summary {
    font-size: 0.875rem;
    font-weight: 600;
    cursor: pointer;
  }
  .scroll {
    max-block-size: 320px;
    margin-block-start: 12px;
    overflow: auto;
  }
  table {
    inline-size: 100%;
    border-collapse: collapse;
    font-size: 0.875rem;
    font-variant-numeric: tabular-nums;
  }
  th,
  td {
    padding: 6px 12px 6px 0;
    border-block-end: 1px solid var(--_line);
    font-weight: 400;
    text-align: end;
    white-space: nowrap;
  }
  th:first-child {
    text-align: start;
  }
  thead th {
    color: var(--_muted);
    font-weight: 600;
  }
  .tiles {
    display: grid;
    grid-template-columns: repeat(auto-fit, minmax(min(100%, 104px), 1fr));
    gap: 16px 20px;
  }
  .tiles dt {
    color: var(--_muted);
    font-size: 0.8125rem;
  }
  .tiles .big {
    font-size: 1.5rem;
    font-weight: 650;
    letter-spacing: -0.01em;
    line-height: 1.3;
  }
  .choice {
    display: flex;
    gap: 4px 16px;
    font-size: 0.875rem;
  }
  .choice label {
    display: flex;
    align-items: center;
    gap: 6px;
  }
  .choice input {
    inline-size: auto;
    min-block-size: 0;
  }
  @media (forced-colors: active) {
    .line {
      stroke: CanvasText;
    }
  }
`;
