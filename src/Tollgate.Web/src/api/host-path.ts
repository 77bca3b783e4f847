/** Where a host serves modules of these: the path before `/tollgate/`. A bundled module does not match. */
export const servedPath = /\/\/[^/]+(.*)\/tollgate\//;

/** The path base of the host that serves this page's components: '/app', and '' at the root or in a bundle. */
export const hostPath = servedPath.exec(import.meta.url)?.[1] ?? '';

/** Where the billing API is unless a component or a caller says otherwise. */
export const usualApi = `${hostPath}/api/billing`;
