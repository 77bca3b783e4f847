import { svg } from 'lit';

// drawn in place: a picture from a data: URL would need a hole in the page's content security policy
const shape = (path: string, size: number) => svg`<svg viewBox="0 0 24 24" width=${size} height=${size}
  aria-hidden="true" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round"
  stroke-linejoin="round"><path d=${path}/></svg>`;

export const check = shape('M5 12.5l4.5 4.5L19 7.5', 16);
export const bigCheck = shape('M5 12.5l4.5 4.5L19 7.5', 24);
export const upload = shape('M12 15V4m-4.5 4.5L12 4l4.5 4.5M4 15v3a2 2 0 002 2h12a2 2 0 002-2v-3', 28);
export const arrow = shape('M4 12h15m-5-5l5 5-5 5', 16);
