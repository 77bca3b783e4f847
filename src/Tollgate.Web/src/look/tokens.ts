import { css } from 'lit';

/** More contrast: ink on paper, edges that are seen, and a wider focus ring. */
export const moreContrast = css`
  --_more-ink: light-dark(#000, #fff);
  --_more-muted: light-dark(#33373f, #d6dae2);
  --_more-line: light-dark(#767c88, #8b92a0);
  --_more-edge: light-dark(#4a505c, #c3c8d2);
  --_more-paper: light-dark(#fff, #000);
  --_more-wash: light-dark(#fff, #000);
  --_more-accent: light-dark(#07493d, #8be8d2);
  --_more-on-accent: light-dark(#fff, #000);
  --_more-soft: light-dark(#fff, #000);
  --_more-warn: light-dark(#5c3600, #ffd08a);
  --_more-warn-soft: light-dark(#fff, #000);
  --_more-bad: light-dark(#8a1a14, #ffb8b2);
  --_more-bad-soft: light-dark(#fff, #000);
  --_more-rim: 100%;
  --_more-focus: 3px;
`;

/** Less room: for settings pages that are full already. */
export const compact = css`
  --_dense-unit: 3px;
  --_dense-control: 32px;
  --_dense-size: 0.875rem;
`;

/**
 * The design tokens. A host sets any `--tg-*` on the page or on one component; what it leaves unset is drawn from the
 * pair (light, dark) below, chosen by the `color-scheme` in force: see theme.ts.
 */
export const tokens = css`
  :host {
    --_ink: var(--tg-ink, var(--_more-ink, light-dark(#16181d, #eceef2)));
    --_muted: var(--tg-muted, var(--_more-muted, light-dark(#5a616e, #a2a9b6)));
    --_line: var(--tg-line, var(--_more-line, light-dark(#e3e5e9, #2b2f37)));
    --_edge: var(--tg-edge, var(--_more-edge, light-dark(#cfd3da, #3a3f49)));
    --_paper: var(--tg-paper, var(--_more-paper, light-dark(#fff, #17191e)));
    --_wash: var(--tg-wash, var(--_more-wash, light-dark(#f6f6f3, #101215)));
    --_accent: var(--tg-accent, var(--_more-accent, light-dark(#0d6b5b, #56c8ae)));
    --_on-accent: var(--tg-on-accent, var(--_more-on-accent, light-dark(#fff, #06231d)));
    --_soft: var(--tg-soft, var(--_more-soft, light-dark(#e7f3f0, #16302b)));
    --_warn: var(--tg-warn, var(--_more-warn, light-dark(#8a5200, #f0b45b)));
    --_warn-soft: var(--tg-warn-soft, var(--_more-warn-soft, light-dark(#fdf3e1, #2d2414)));
    --_bad: var(--tg-bad, var(--_more-bad, light-dark(#b3261e, #f2958e)));
    --_bad-soft: var(--tg-bad-soft, var(--_more-bad-soft, light-dark(#fdeceb, #321a19)));
    --_rim: var(--_more-rim, 25%);
    --_focus: var(--_more-focus, 2px);
    --_shadow: var(--tg-shadow, 0 1px 2px light-dark(#1118270d, #0000), 0 4px 16px light-dark(#1118270a, #0000));
    --_card-radius: var(--tg-card-radius, 10px);
    --_control-radius: var(--tg-control-radius, 8px);
    --_unit: var(--tg-space-unit, var(--_dense-unit, 4px));
    --_control: var(--tg-control-size, var(--_dense-control, 40px));
    color: var(--_ink);
    font-family: var(--tg-font-family, inherit);
    font-size: var(--tg-font-size, var(--_dense-size, 0.9375rem));
    line-height: 1.5;
  }

  @media (prefers-contrast: more) {
    :host {
      ${moreContrast}
    }
  }
`;
