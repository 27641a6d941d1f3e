/** What an app is composed with: global providers, see `CoreModule`. */
export const CONFIG = Symbol('Config');
export const CATALOGUE = Symbol('Catalogue');
export const EVENT_LOG = Symbol('EventLog');
export const LOGGER = Symbol('Logger');
