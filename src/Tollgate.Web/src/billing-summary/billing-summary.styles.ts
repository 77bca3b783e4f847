import { css } from 'lit';

export const billingSummaryStyles = css`
  .stack {
    gap: 16px;
  }
  .plan {
    gap: 8px;
  }
  div.bone.name {
    inline-size: 30%;
    block-size: 24px;
  }
`;
