import { render } from 'preact';
import { followPosition } from './api/freshness.js';
import { readSession } from './api/session.js';
import { App } from './shell/app.js';
import { followAddress } from './state/address.js';
import './style/index.css';

followAddress();
followPosition();
render(<App />, document.getElementById('app')!);
void readSession();
