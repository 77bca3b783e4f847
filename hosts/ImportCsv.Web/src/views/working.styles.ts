import { css } from 'lit';

/** How far it is. */
export const workingStyles = css`
  .working {
    display: grid;
    gap: 12px;
    padding-block: 24px;
    animation: appear 160ms 120ms ease-out backwards;
  }
  progress {
    appearance: none;
    inline-size: 100%;
    block-size: 8px;
    border: 0;
    border-radius: 4px;
    overflow: hidden;
    background: var(--_line);
  }
  progress::-webkit-progress-bar {
    background: var(--_line);
  }
  progress::-webkit-progress-value {
    background: var(--_accent);
    transition: inline-size 120ms linear;
  }
  progress::-moz-progress-bar {
    background: var(--_accent);
  }
  progress:indeterminate {
    background: linear-gradient(90deg, var(--_line), var(--_accent), var(--_line)) 0 / 50% 100%;
    animation: pass 1.4s linear infinite;
  }
  progress:indeterminate::-webkit-progress-bar {
    background: transparent;
  }

  @keyframes appear {
    from {
      opacity: 0;
    }
  }
  @keyframes pass {
    from {
      background-position: 150% 0;
    }
    to {
      background-position: -50% 0;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .working {
      animation: none;
    }
    progress::-webkit-progress-value {
      transition: none;
    }
    progress:indeterminate {
      animation-duration: 6s;
    }
  }
  @media (forced-colors: active) {
    progress {
      border: 1px solid CanvasText;
    }
  }
`;
