import { css } from 'lit';

export const usageStyles = css`
  .meters {
    display: grid;
    gap: calc(3.5 * var(--_unit));
    list-style: none;
  }
  .bar {
    block-size: 8px;
    margin-block-start: 4px;
    border-radius: 4px;
    background: var(--_line);
    overflow: hidden;
  }
  .fill {
    block-size: 100%;
    inline-size: var(--_share);
    border-radius: 4px;
    background: var(--_accent);
    transition: inline-size 240ms ease-out;
  }
  .full .fill {
    background: var(--_warn);
  }
  /* as tall as a name above its bar */
  div.bone {
    block-size: calc(1.5em + 12px);
  }
  @media (prefers-reduced-motion: reduce) {
    .fill {
      transition: none;
    }
  }
  @media (forced-colors: active) {
    .bar {
      border: 1px solid CanvasText;
    }
    .fill {
      forced-color-adjust: none;
      background: Highlight;
    }
  }
`;
