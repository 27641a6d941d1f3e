import { render } from 'preact';
import { followPosition } from './api/freshness.js';
import { readSession } from './api/session.js';
import { App } from './shell/app.js';
import { followHash } from './shell/follow-hash.js';
import { preloadPage } from './shell/page-view.js';
import { address, followAddress } from './state/address.js';
import './style/index.css';

followAddress();
followPosition();
followHash(location.hash.slice(1));
render(<App />, document.getElementById('app')!);
void readSession();
preloadPage(address.value.page);
// Charts come once the page stands; by then their library is under way.
void import('./charts/echarts.js');
