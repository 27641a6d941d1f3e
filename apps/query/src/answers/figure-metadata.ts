/** Under this key a route keeps the declaration of the figure that it answers with. */
export const FIGURE = Symbol('figure');
