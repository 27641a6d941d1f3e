export * from './catalogue-entries.js';
export * from './catalogue.error.js';
export { Catalogue, type CatalogueLists } from './catalogue.js';
export { jsonFault } from './json-fault.js';
export { loadCatalogue } from './load-catalogue.js';
export { parseCatalogue } from './parse-catalogue.js';
