// The page: which view is shown, what the keys do, what changes by itself.

const app = {
  data: null,
  view: null,
  gallery: null,
  look: {person: '', paper: 'letter', envelope: '', fields: false, beside: ''},
  keys: true,
  scrolled: 0,

  order() { return this.gallery ? this.gallery.order() : this.data.letters; },

  // go shows what the address names: a letter, or all.
  go() {
    const id = this.data.letters.find(l => location.hash === '#' + path(l.id))?.id ?? '';
    if (this.view && (this.view.id === id || id === '' && this.view === this.gallery)) return;
    if (this.view === this.gallery && this.gallery) this.scrolled = scrollY;
    const letter = this.data.letters.find(l => l.id === id);
    const last = this.view?.id;
    if (letter) {
      this.view = new LetterView(this, id);
    } else {
      this.gallery ??= new Gallery(this);
      this.view = this.gallery;
      document.title = 'Letters · ' + this.data.office;
    }
    byId('view').replaceChildren(this.view.node);
    scrollTo(0, letter ? 0 : this.scrolled);
    if (last) this.gallery?.cards.get(last)?.link.focus({preventScroll: true});
    if (letter) byId('main').focus({preventScroll: true});
  },

  // changed takes over what the program says now, one version after the other.
  changed(version) { this.turn = this.turn.then(() => version === source.version || this.take()); },
  turn: Promise.resolve(),

  async take() {
    const before = this.data;
    try { this.data = await source.data(); } catch { return; }
    this.banners();
    const fixed = before.letters.reduce((n, l) => n + Math.max(0, l.findings.length - (this.data.letters.find(o => o.id === l.id)?.findings.length ?? l.findings.length)), 0);
    if (this.view !== this.gallery) {
      const y = scrollY;
      await this.view.update();
      scrollTo({top: y, behavior: 'instant'});
    }
    this.gallery?.update();
    announce(`Updated ${new Date().toLocaleTimeString('en-US', {hour12: false})}${fixed ? ` · ${fixed} fixed` : ''}`);
  },

  banners(lost) {
    this.lost = lost ?? this.lost;
    replace(byId('banners'),
      this.data?.real && h('p', {class: 'banner real'}, h('strong', {}, 'Real data, not saved.'), ' Close this window when you are done.'),
      this.data?.fault && h('div', {class: 'banner fault', role: 'alert'}, h('strong', {}, 'You see the letters as they last were.'), ' ', this.data.fault.says, ...toMend(this.data.fault.detail)),
      this.lost && h('p', {class: 'banner lost', role: 'alert'}, h('strong', {}, 'The program has stopped.'), ' Start it again, and this page goes on by itself.'));
  },

  help() {
    const row = (keys, words) => h('div', {}, h('dt', {}, keys.map(k => h('kbd', {}, k))), h('dd', {}, words));
    const dialog = byId('help');
    dialog.replaceChildren(
      h('h2', {id: 'help-title'}, 'Keys'),
      h('dl', {class: 'keys'}, row(['/'], 'search the letters'), row(['j', 'k'], 'next letter, letter before'), row(['p'], 'print'), row(['f'], 'next thing to look at'),
        row(['Esc'], 'back to all letters'), row(['?'], 'this list')),
      h('label', {class: 'check'}, h('input', {type: 'checkbox', checked: this.keys, onchange: e => { this.keys = e.target.checked; }}), 'Single keys work'),
      h('p', {class: 'small'}, this.data.rules),
      h('button', {type: 'button', class: 'button', onclick: () => dialog.close()}, 'Close'));
    dialog.showModal();
  },

  key(e) {
    const {view, gallery} = this;
    const letter = view !== gallery && view;
    if ((e.ctrlKey || e.metaKey) && e.key === 'p' && letter) { e.preventDefault(); letter.print(); return; }
    if (e.ctrlKey || e.metaKey || e.altKey || byId('help').open) return;
    const typing = e.target.closest?.('input:not([type=checkbox], [type=radio]), select, textarea');
    if (e.key === 'Escape') {
      if (typing?.type === 'search' && typing.value) return gallery.clear();
      if (typing) return typing.blur();
      if (letter) location.hash = '';
      return;
    }
    if (typing || !this.keys) return;
    const step = by => {
      if (!letter) return gallery.step(by);
      const order = this.order();
      const to = order[order.findIndex(l => l.id === letter.id) + by];
      if (to) location.hash = path(to.id);
    };
    const does = {
      '/': () => { if (letter) { location.hash = ''; this.go(); } this.gallery.search.focus(); },
      j: () => step(1), k: () => step(-1), '?': () => this.help(),
      p: letter && (() => letter.print()), f: letter && (() => letter.step()),
    }[e.key];
    if (does) { e.preventDefault(); does(); }
  },

  async start() {
    this.data = await source.data();
    this.banners();
    addEventListener('hashchange', () => this.go());
    addEventListener('keydown', e => this.key(e));
    let y = 0; // printing moves a page to its top
    addEventListener('beforeprint', () => { y = scrollY; this.view.paper?.lay(); });
    addEventListener('afterprint', () => { this.view.paper?.lift(); requestAnimationFrame(() => scrollTo({top: y, behavior: 'instant'})); });
    this.go();
    document.querySelector('.skip').addEventListener('click', e => { e.preventDefault(); byId('main').focus(); });
    if (source.live) follow(version => this.changed(version), lost => { if (lost !== Boolean(this.lost)) this.banners(lost); });
  },
};

app.start();
