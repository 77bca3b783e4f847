import type { ReactNode } from 'react';
import { createRoot, type Root } from 'react-dom/client';

const roots: Root[] = [];

/** Shows it on a new place of the page; called again with the same place it renders anew. */
export function show(node: ReactNode): (again: ReactNode) => void {
  const place = document.body.appendChild(document.createElement('div'));
  const root = createRoot(place);
  roots.push(root);
  root.render(node);
  return (again) => root.render(again);
}

export function element<T extends HTMLElement>(tag: string): T {
  return document.querySelector<T>(tag)!;
}

export function shadowText(tag: string): string {
  return document.querySelector(tag)?.shadowRoot?.textContent ?? '';
}

export function leave(): void {
  roots.splice(0).forEach((root) => root.unmount());
  document.body.replaceChildren();
}
