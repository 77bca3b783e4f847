import { css } from 'lit';

export const upgradePromptStyles = css`
  .prompt {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: 12px 14px;
    padding: calc(3.5 * var(--_unit)) calc(4 * var(--_unit));
    border: 1px solid color-mix(in srgb, var(--_accent) var(--_rim), transparent);
    border-radius: var(--_card-radius);
    background: var(--_soft);
    animation: appear 160ms ease-out;
  }
  .count {
    flex: none;
    display: grid;
    place-items: center;
    min-inline-size: 36px;
    block-size: 36px;
    padding-inline: 6px;
    border-radius: 9px;
    background: var(--_accent);
    color: var(--_on-accent);
    font-weight: 700;
  }
  .words {
    flex: 1 1 min(14rem, calc(100% - 52px));
  }
  .title {
    font-weight: 650;
  }
  .button {
    flex: 0 1 auto;
  }
  @media (max-width: 480px) {
    .button {
      flex-basis: 100%;
    }
  }
  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .prompt {
      animation: none;
    }
  }
`;
