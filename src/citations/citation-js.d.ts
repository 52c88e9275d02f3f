/** The packages bring no types. https://citation.js.org/api/ */
declare module '@citation-js/core' {
  export const plugins: {
    readonly input: {
      /** Items of CSL-JSON. A type that is forced is not looked for: nothing is fetched. */
      chain(text: string, options: { readonly forceType: string; readonly generateGraph: boolean }): unknown;
    };
  };
}
declare module '@citation-js/name' {
  export function parse(name: string): {
    readonly family?: string;
    readonly given?: string;
    readonly 'non-dropping-particle'?: string;
    readonly 'dropping-particle'?: string;
    readonly suffix?: string;
  };
}
declare module '@citation-js/plugin-bibtex';
declare module '@citation-js/plugin-ris';
