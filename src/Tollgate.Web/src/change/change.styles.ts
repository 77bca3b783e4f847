import { css } from 'lit';

export const changeStyles = css`
  .quote {
    display: grid;
    gap: 6px;
    padding: 12px 16px;
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
    gap: 16px;
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
    gap: 8px 12px;
  }
  @media (max-width: 480px) {
    .choices .button {
      flex-basis: 100%;
    }
  }
`;
