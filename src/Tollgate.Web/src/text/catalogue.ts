import { pageWide } from '../look/page-wide';
import { Format } from './format';
import { isLocale, languageOf, primary, notifyReaders } from './language';

/** Sentences and formats for one reader. */
export interface Wording<M> {
  readonly say: M;
  readonly format: Format;
}

/** Sentences by language: what the modules brought, what the host says instead. */
export class Catalogue<M extends object> {
  private readonly brought: Map<string, Partial<M>>;
  private readonly replaced: Map<string, Partial<M>>;
  private readonly known: Map<string, Wording<M>>;

  constructor(name: string) {
    this.brought = pageWide(`${name}.brought`, () => new Map());
    this.replaced = pageWide(`${name}.replaced`, () => new Map());
    this.known = pageWide(`${name}.known`, () => new Map());
  }

  /** Brings a module's own sentences, whole or in part. What the host replaced stays replaced. */
  bring(language: string, messages: Partial<M>): void {
    this.add(this.brought, language, messages);
  }

  replace(language: string, messages: Partial<M>): void {
    this.add(this.replaced, language, messages);
  }

  /**
   * The wording for `element`: in the language of its nearest `lang`, else of the browser. A language without sentences
   * of its own gets English ones, and then English dates too, so that no sentence mixes two languages.
   */
  for(element: Element): Wording<M> {
    const declared = languageOf(element);
    const found = this.known.get(declared) ?? this.make(declared);
    this.known.set(declared, found);
    return found;
  }

  private add(to: Map<string, Partial<M>>, language: string, messages: Partial<M>): void {
    to.set(language, { ...to.get(language), ...messages } as Partial<M>);
    this.known.clear();
    notifyReaders();
  }

  private make(declared: string): Wording<M> {
    const { brought, replaced } = this;
    const language = primary(declared);
    const isSpoken = brought.has(language) || replaced.has(language);
    const english = { ...brought.get('en'), ...replaced.get('en') };
    const say = { ...english, ...brought.get(language), ...replaced.get(language) } as M;
    return { say, format: new Format(isSpoken ? withRegion(declared, language) : 'en') };
  }
}

/** A bare "en" says nothing of regions: the reader's own is taken when the browser names one of that language. */
function withRegion(declared: string, language: string): string {
  if (declared !== language) {
    return declared;
  }
  return (navigator.languages ?? []).find((own) => primary(own) === language && isLocale(own)) ?? declared;
}
