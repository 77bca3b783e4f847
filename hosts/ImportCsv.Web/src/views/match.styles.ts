import { css } from 'lit';

/** The columns side by side, and the first rows. */
export const matchStyles = css`
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
  .meaning {
    display: flex;
    flex-wrap: wrap;
    gap: 2px 16px;
    margin: 4px 0 0;
    padding: 8px 12px;
    border: 0;
    border-radius: var(--_control-radius);
    background: var(--_soft);
    font-size: 0.875rem;
  }
  .meaning legend {
    float: inline-start;
    inline-size: 100%;
    padding: 0;
    font-weight: 600;
  }
  .meaning label {
    display: flex;
    align-items: center;
    gap: 6px;
    min-block-size: 24px;
    cursor: pointer;
  }
  .meaning input {
    flex: none;
    inline-size: 16px;
    block-size: 16px;
    margin: 0;
    accent-color: var(--_accent);
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
  th:first-child {
    inline-size: 1%;
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

  @container (max-width: 560px) {
    .match {
      grid-template-columns: minmax(0, 1fr);
    }
    .ours {
      padding-block-start: 0;
    }
    .arrow {
      display: none;
    }
  }
`;
