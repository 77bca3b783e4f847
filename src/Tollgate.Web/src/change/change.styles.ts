import { css } from 'lit';

export const changeStyles = css`
  .quote {
    display: grid;
    gap: 6px;
    padding: calc(3 * var(--_unit)) calc(4 * var(--_unit));
    border-radius: var(--_control-radius);
    background: var(--_wash);
  }
  .quote h3 {
    margin: 0;
    font-size: inherit;
    font-weight: 650;
  }
  .quote ul {
    display: grid;
    gap: 6px;
    list-style: none;
  }
  .quote li,
  .quote p {
    display: flex;
    justify-content: space-between;
    gap: calc(4 * var(--_unit));
  }
  .quote .number {
    flex: none;
  }
  .quote .sum {
    padding-block-start: 8px;
    border-block-start: 1px solid var(--_line);
    font-weight: 650;
  }
  .choices {
    display: flex;
    flex-wrap: wrap;
    gap: calc(2 * var(--_unit)) calc(3 * var(--_unit));
  }
  @media (max-width: 480px) {
    .choices .button {
      flex-basis: 100%;
    }
  }
`;
