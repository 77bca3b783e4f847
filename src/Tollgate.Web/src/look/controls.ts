import { css } from 'lit';

/** What most components are made of: cards, notes, tags, links, what is still loading. */
export const controls = css`
  h2,
  ::slotted(h2) {
    font-size: 1.125rem;
    font-weight: 650;
    line-height: 1.35;
    letter-spacing: -0.01em;
  }
  .small {
    font-size: 0.8125rem;
  }
  /* "2 of 5" keeps its order on a page that runs the other way */
  :is(span, time, output, b).number {
    unicode-bidi: plaintext;
  }
  .row {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    gap: var(--_unit) calc(3 * var(--_unit));
  }
  .between {
    justify-content: space-between;
  }
  .stack {
    display: grid;
    gap: calc(3 * var(--_unit));
  }
  .card {
    background: var(--_paper);
    border: 1px solid var(--_line);
    border-radius: var(--_card-radius);
    box-shadow: var(--_shadow);
    padding: calc(5 * var(--_unit));
  }
  .tag {
    flex: none;
    font-size: 0.75rem;
    font-weight: 600;
    line-height: 1.3;
    padding: 3px 8px;
    border-radius: 6px;
    background: var(--_soft);
    color: var(--_accent);
  }
  .button.quiet {
    background: transparent;
    border-color: var(--_edge);
    color: var(--_ink);
  }
  .button.quiet:hover {
    background: var(--_wash);
    filter: none;
  }
  .button[aria-disabled='true'] {
    cursor: default;
    filter: none;
    opacity: 0.75;
  }
  .link {
    color: var(--_accent);
    font-weight: 600;
    text-underline-offset: 3px;
  }
  .note {
    display: flex;
    flex-wrap: wrap;
    align-items: center;
    justify-content: space-between;
    gap: calc(2 * var(--_unit)) calc(4 * var(--_unit));
    padding: calc(3 * var(--_unit)) calc(4 * var(--_unit));
    border: 1px solid color-mix(in srgb, var(--_note) var(--_rim), transparent);
    border-radius: var(--_control-radius);
    background: var(--_note-soft);
    color: var(--_note);
    --_note: var(--_accent);
    --_note-soft: var(--_soft);
  }
  .note.warn {
    --_note: var(--_warn);
    --_note-soft: var(--_warn-soft);
  }
  .note.bad {
    --_note: var(--_bad);
    --_note-soft: var(--_bad-soft);
  }
  .stack[hidden] {
    display: none;
  }
  .note > p {
    flex: 1 1 14rem;
  }
  .note tg-portal {
    --tg-accent: var(--_note);
    --tg-on-accent: var(--_paper);
  }
  .note .link,
  .note b {
    color: inherit;
  }
  button.link {
    padding: 4px 0;
    border: 0;
    background: none;
    font: inherit;
    font-weight: 600;
    text-decoration: underline;
    cursor: pointer;
  }
  .spinner {
    flex: none;
    inline-size: 1.1em;
    block-size: 1.1em;
    border: 2px solid color-mix(in srgb, currentcolor 30%, transparent);
    border-block-start-color: currentcolor;
    border-radius: 50%;
    animation: turn 900ms linear infinite;
  }
  .bone {
    border-radius: 6px;
    background: var(--_line);
    animation: breathe 1.6s ease-in-out infinite alternate;
  }
  .unseen {
    position: absolute;
    inline-size: 1px;
    block-size: 1px;
    margin: -1px;
    overflow: hidden;
    clip-path: inset(50%);
    white-space: nowrap;
  }
  @keyframes turn {
    to {
      rotate: 1turn;
    }
  }
  @keyframes breathe {
    to {
      opacity: 0.45;
    }
  }
  @media (prefers-reduced-motion: reduce) {
    .spinner {
      animation-duration: 4s;
    }
    .bone {
      animation: none;
    }
  }
  @media (forced-colors: active) {
    .card,
    .note {
      border-color: CanvasText;
    }
  }
`;
