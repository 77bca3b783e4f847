import { css } from 'lit';

/** Faulty rows, and what became of them. */
export const reviewStyles = css`
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
    .cell {
      grid-template-columns: minmax(0, 1fr);
    }
    .refusal {
      grid-template-columns: minmax(0, 1fr) minmax(0, 2fr);
    }
    .refusal > :nth-child(n + 3) {
      grid-column: 1 / -1;
    }
  }
`;
