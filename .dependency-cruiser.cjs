/**
 * Who may import whom. A room may use only the rooms listed for it in docs/architecture.md. The same rules run over
 * a broken example in test/import-rules, so that a rule that no longer bites is noticed.
 */
const rooms = {
  calendar: [],
  catalogue: ['calendar'],
  events: ['calendar', 'catalogue'],
  sqlite: [],
  survival: [],
  measures: ['calendar', 'catalogue', 'events', 'survival'],
  'event-log': ['calendar', 'events', 'sqlite'],
  'read-models': ['calendar', 'sqlite'],
  projections: ['calendar', 'catalogue', 'events', 'measures', 'event-log', 'read-models'],
  figures: ['calendar', 'catalogue', 'events', 'measures', 'survival', 'read-models', 'projections'],
  report: ['calendar', 'catalogue', 'events', 'measures', 'figures'],
  history: ['calendar', 'catalogue', 'events'],
  http: ['calendar', 'catalogue', 'events', 'event-log', 'read-models', 'figures', 'measures'],
};

/** Rooms that hold meaning only: no framework, no server, no storage. */
const pure = '(calendar|catalogue|events|measures|survival|history)';

const inRoom = (names) => `(^|/)libs/(${names.join('|')})/`;

const roomRules = Object.entries(rooms).map(([room, allowed]) => ({
  name: `room-${room}`,
  comment: `libs/${room} may import only: ${allowed.join(', ') || 'nothing'}`,
  severity: 'error',
  from: { path: inRoom([room]) },
  to: { path: '(^|/)(libs|apps|tools)/', pathNot: inRoom([room, ...allowed]) },
}));

/** Pairs of apps that one composes from the other. */
const composition = [
  ['server', '(ingest|projector|query)'],
  ['cli', 'server'],
];

module.exports = {
  forbidden: [
    ...roomRules,
    ...['ingest', 'projector', 'query', 'cli', 'dashboard', 'server'].map((app) => ({
      name: `app-${app}`,
      comment:
        'an app never imports an app; only apps/server puts the three together, and apps/cli runs that without a server',
      severity: 'error',
      from: { path: `(^|/)apps/${app}/` },
      to: {
        path: '(^|/)apps/',
        pathNot: `(^|/)apps/(${[app, ...composition.filter(([a]) => a === app).map(([, b]) => b)].join('|')})/`,
      },
    })),
    {
      name: 'dashboard-over-http',
      comment: 'the page knows the system by its HTTP interface alone',
      severity: 'error',
      from: { path: '(^|/)apps/dashboard/' },
      to: { path: '(^|/)libs/' },
    },
    {
      name: 'pure-rooms',
      comment: 'meaning knows nothing of Nest, HTTP or storage',
      severity: 'error',
      from: { path: `(^|/)libs/${pure}/`, pathNot: '\\.spec\\.ts$' },
      to: {
        path: 'node_modules/(@nestjs|fastify|@fastify|better-sqlite3|mongodb|@eventstore|pino|prom-client)',
      },
    },
    {
      name: 'drivers-behind-their-port',
      comment: 'a driver is imported only by its adapter',
      severity: 'error',
      from: {
        path: '(^|/)(libs|apps|tools)/',
        pathNot: '(^|/)libs/(sqlite/|(event-log|read-models)/src/(sqlite|mongodb|eventstoredb)/)',
      },
      to: { path: 'node_modules/(better-sqlite3|mongodb|@eventstore|@grpc|google-protobuf)' },
    },
    {
      name: 'adapters-behind-their-port',
      comment: 'other rooms open a log or a store by its URL and see only the port',
      severity: 'error',
      from: { path: '(^|/)(libs|apps|tools)/', pathNot: '(^|/)libs/(event-log|read-models)/' },
      to: { path: '(^|/)libs/(event-log|read-models)/src/(sqlite|mongodb|eventstoredb)/' },
    },
    { name: 'resolvable', severity: 'error', from: {}, to: { couldNotResolve: true } },
    {
      name: 'no-circles',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)dist/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.depcruise.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['import', 'require', 'node', 'default', 'types'],
      extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.d.ts'],
    },
  },
};
