import { css } from 'lit';

export const checkoutSuccessStyles = css`
  .outcome {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: calc(4 * var(--_unit));
    min-block-size: 96px;
  }
  .said {
    flex: 1 1 15rem;
    display: flex;
    align-items: center;
    gap: calc(4 * var(--_unit));
  }
  .mark {
    flex: none;
    display: grid;
    place-items: center;
    inline-size: 36px;
    block-size: 36px;
    border-radius: 50%;
    background: var(--_soft);
    color: var(--_accent);
  }
  .mark.warn {
    background: var(--_warn-soft);
    color: var(--_warn);
    font-weight: 700;
  }
  .mark .spinner {
    inline-size: 22px;
    block-size: 22px;
    border-width: 3px;
  }
  @media (max-width: 480px) {
    .outcome > .button,
    .outcome ::slotted(*) {
      flex-basis: 100%;
    }
  }
`;
