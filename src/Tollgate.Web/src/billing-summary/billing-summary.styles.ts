import { css } from 'lit';

export const billingSummaryStyles = css`
  .stack {
    gap: calc(4 * var(--_unit));
  }
  .plan {
    gap: calc(2 * var(--_unit));
  }
  div.bone.name {
    inline-size: 30%;
    block-size: calc(1.125rem * 1.35);
  }
  div.bone.foot {
    block-size: var(--_control);
  }
`;
