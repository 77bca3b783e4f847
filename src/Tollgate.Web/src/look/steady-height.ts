import type { LitElement, ReactiveController } from 'lit';

/**
 * Keeps a component that is loading as tall as it was last time in this tab, so that nothing below it moves when its
 * answer arrives.
 */
export class SteadyHeight implements ReactiveController {
  constructor(
    private readonly host: LitElement,
    private readonly isLoading: () => boolean,
  ) {
    host.addController(this);
  }

  hostUpdated(): void {
    const { host } = this;
    const known = this.isLoading() ? recall(this.key) : null;
    host.style.blockSize = known === null ? '' : `${known}px`;
    host.style.overflow = known === null ? '' : 'clip';
    if (this.isLoading()) {
      return;
    }
    // what it is made of draws itself first
    requestAnimationFrame(() => {
      if (host.isConnected && !this.isLoading()) {
        remember(this.key, host.getBoundingClientRect().height);
      }
    });
  }

  private get key(): string {
    return `tollgate.height ${this.host.localName} ${location.pathname}`;
  }
}

function remember(key: string, height: number): void {
  try {
    sessionStorage.setItem(key, `${height}`);
  } catch {
    // storage is off or full: the height is merely not remembered
  }
}

function recall(key: string): number | null {
  try {
    return Number(sessionStorage.getItem(key)) || null;
  } catch {
    // storage is off
    return null;
  }
}
