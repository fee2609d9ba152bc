// Where letters come from: the program, or this file when it was exported.

const embedded = byId('data');
const exported = embedded ? JSON.parse(embedded.textContent) : null;

// source.data is all about the letters but their pages; source.page is one
// page, {html}, or why there is none: {fault: {says, detail}}; source.earlier is what the
// letter once was, and what is different, [{name, says, html, changes}].
const source = exported ? {
  live: false,
  version: '',
  async data() { return exported.data; },
  async page(id, look) {
    const {lines, pages} = await unpacked(id);
    const page = pages[lookKey(id, look)];
    return Array.isArray(page) ? {html: joined(page, lines)} : {fault: page};
  },
  async earlier(id, look) {
    const {lines, earlier} = await unpacked(id);
    return earlier.map(e => ({...e, html: joined(e.pages[lookKey(id, look)], lines)}));
  },
} : {
  live: true,
  version: '',
  async data() {
    const answer = await fetch('data', {cache: 'no-store'});
    this.version = answer.headers.get('Bedside-Version');
    return answer.json();
  },
  // page has html, or a fault. It has neither when the program has stopped;
  // whatever it says once it is back is then something newer.
  async page(id, look) {
    try {
      const answer = await fetch(`letter/${path(id)}?${query(look)}`, {cache: 'no-store'});
      return answer.ok ? {html: await answer.text()} : await answer.json();
    } catch {
      this.version = '';
      return {};
    }
  },
  async earlier(id, look) {
    const answer = await fetch(`earlier/${path(id)}?${query(look)}`, {cache: 'no-store'}).catch(() => ({}));
    return answer.ok ? answer.json() : [];
  },
};

const path = id => id.split('/').map(encodeURIComponent).join('/');
const query = look => new URLSearchParams({person: look.person, form: look.form < 0 ? '' : look.form, fields: look.fields ? 1 : 0, large: look.large ? 1 : 0});

// lookKey is the name of a page in an export, joined its text.
const lookKey = (id, look) => `${look.fields ? '' : look.person}|${look.form < 0 ? exported.data.letters.find(l => l.id === id).people[look.person].form : look.form}`;
const joined = (page, lines) => page.map(n => lines[n]).join('\n').replace('\0', () => exported.style);

// unpacked reads the pages of one letter, which an export keeps small.
async function unpacked(id) {
  const bytes = Uint8Array.from(atob(exported.pages[id]), c => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream('deflate-raw'));
  return new Response(stream).json();
}

// follow calls changed whenever the program shows something newer, and lost
// when it has stopped. A window that nobody sees listens to nothing, and those
// that are seen share one listener (events.js).
function follow(changed, lost) {
  let port = null;
  const listen = () => {
    if (document.hidden || port) return;
    const worker = new SharedWorker('events.js');
    worker.onerror = () => { port = null; lost(true); setTimeout(listen, 1000); };
    port = worker.port;
    port.onmessage = ({data}) => { lost(Boolean(data.lost)); if (data.version) changed(data.version); };
  };
  const rest = () => { port?.postMessage('bye'); port?.close(); port = null; };
  document.addEventListener('visibilitychange', () => document.hidden ? rest() : listen());
  addEventListener('pagehide', rest);
  addEventListener('pageshow', listen);
  listen();
}
