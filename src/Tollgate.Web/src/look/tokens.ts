import { css } from 'lit';

/**
 * The design tokens. A host sets any `--tg-*` on the page or on one component; what it leaves unset is drawn from the
 * pair (light, dark) below, chosen by the `color-scheme` in force: see theme.ts.
 */
export const tokens = css`
  :host {
    --_ink: var(--tg-ink, light-dark(#16181d, #eceef2));
    --_muted: var(--tg-muted, light-dark(#5a616e, #a2a9b6));
    --_line: var(--tg-line, light-dark(#e3e5e9, #2b2f37));
    --_edge: var(--tg-edge, light-dark(#cfd3da, #3a3f49));
    --_paper: var(--tg-paper, light-dark(#fff, #17191e));
    --_wash: var(--tg-wash, light-dark(#f6f6f3, #101215));
    --_accent: var(--tg-accent, light-dark(#0d6b5b, #56c8ae));
    --_on-accent: var(--tg-on-accent, light-dark(#fff, #06231d));
    --_soft: var(--tg-soft, light-dark(#e7f3f0, #16302b));
    --_warn: var(--tg-warn, light-dark(#8a5200, #f0b45b));
    --_warn-soft: var(--tg-warn-soft, light-dark(#fdf3e1, #2d2414));
    --_bad: var(--tg-bad, light-dark(#b3261e, #f2958e));
    --_bad-soft: var(--tg-bad-soft, light-dark(#fdeceb, #321a19));
    --_shadow: light-dark(#1118270d, #0000);
    --_card-radius: var(--tg-card-radius, 10px);
    --_control-radius: var(--tg-control-radius, 8px);
    color: var(--_ink);
    font-family: var(--tg-font-family, inherit);
    font-size: var(--tg-font-size, 0.9375rem);
    line-height: 1.5;
  }

  @media (prefers-contrast: more) {
    :host {
      --_muted: var(--tg-muted, light-dark(#3d424c, #cdd2db));
      --_line: var(--tg-line, light-dark(#767c88, #8b92a0));
      --_edge: var(--tg-edge, light-dark(#5a616e, #a2a9b6));
    }
  }
`;
