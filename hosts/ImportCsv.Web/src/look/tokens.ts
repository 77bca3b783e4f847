import { css } from 'lit';

/**
 * The design tokens. A host sets any `--ic-*` on the page or on one component; what it leaves unset is drawn from the
 * pair (light, dark) below, chosen by the `color-scheme` in force: see theme.ts.
 */
export const tokens = css`
  :host {
    --_ink: var(--ic-ink, light-dark(#16181d, #eceef2));
    --_muted: var(--ic-muted, light-dark(#5a616e, #a2a9b6));
    --_line: var(--ic-line, light-dark(#e3e5e9, #2b2f37));
    --_edge: var(--ic-edge, light-dark(#cfd3da, #3a3f49));
    --_field: var(--ic-field, light-dark(#868d99, #737b88));
    --_paper: var(--ic-paper, light-dark(#fff, #17191e));
    --_wash: var(--ic-wash, light-dark(#f6f6f3, #101215));
    --_accent: var(--ic-accent, light-dark(#1f5fbf, #8ab8ff));
    --_on-accent: var(--ic-on-accent, light-dark(#fff, #0a1f3d));
    --_soft: var(--ic-soft, light-dark(#e9f0fb, #17263d));
    --_good: var(--ic-good, light-dark(#0d6b5b, #56c8ae));
    --_warn: var(--ic-warn, light-dark(#8a5200, #f0b45b));
    --_warn-soft: var(--ic-warn-soft, light-dark(#fdf3e1, #2d2414));
    --_bad: var(--ic-bad, light-dark(#b3261e, #f2958e));
    --_bad-soft: var(--ic-bad-soft, light-dark(#fdeceb, #321a19));
    --_shadow: light-dark(#1118270d, #0000);
    --_card-radius: var(--ic-card-radius, 10px);
    --_control-radius: var(--ic-control-radius, 8px);
    color: var(--_ink);
    font-family: var(--ic-font-family, inherit);
    font-size: var(--ic-font-size, 0.9375rem);
    line-height: 1.5;
  }

  @media (prefers-contrast: more) {
    :host {
      --_muted: var(--ic-muted, light-dark(#3d424c, #cdd2db));
      --_line: var(--ic-line, light-dark(#767c88, #8b92a0));
      --_edge: var(--ic-edge, light-dark(#5a616e, #a2a9b6));
    }
  }
`;
