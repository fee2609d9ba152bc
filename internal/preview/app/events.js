// One for all windows of the page: it listens to the program, and tells them.
// A browser has six connections to one place, and each listener would keep one.
'use strict';

const windows = new Set();
let events = null, last = null;

function tell(what) {
  last = what;
  for (const port of windows) port.postMessage(what);
}

function listen() {
  if (windows.size === 0) return;
  events?.close();
  events = new EventSource('events');
  events.onmessage = e => tell({version: e.data});
  events.onerror = () => {
    tell({lost: true});
    if (events.readyState === EventSource.CLOSED) setTimeout(listen, 1000);
  };
}

// A window says nothing but that it leaves. When all have left, nobody listens.
self.onconnect = e => {
  const port = e.ports[0];
  windows.add(port);
  port.onmessage = () => {
    windows.delete(port);
    if (windows.size > 0) return;
    events.close();
    last = null;
  };
  if (last) port.postMessage(last);
  if (windows.size === 1) listen();
};
