import { css } from 'lit';

export const billingBannerStyles = css`
  /* out of the flow, so that no gap of the page's grid is kept for it; there all the same, to be heard */
  :host(:not([open])) {
    position: absolute;
  }
`;
