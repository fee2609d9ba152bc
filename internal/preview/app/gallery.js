// All letters, each as a small sheet of paper.

class Gallery {
  constructor(app) {
    this.app = app;
    this.cards = new Map(); // by letter
    this.wanted = {text: '', language: '', state: '', stage: ''};
    this.near = new IntersectionObserver(seen => {
      for (const {target, isIntersecting} of seen) target.card.picture(isIntersecting);
    }, {rootMargin: '400px'});
    this.list = h('ul', {class: 'cards'});
    this.count = h('p', {class: 'count', role: 'status'});
    this.none = h('p', {class: 'notice', hidden: true}, 'No letter is like that. ',
      h('button', {type: 'button', onclick: () => this.clear()}, 'Show all letters'));
    this.node = h('div', {class: 'gallery'}, this.head(), h('main', {id: 'main', tabindex: '-1'}, this.count, this.list, this.none));
    this.update();
  }

  head() {
    const {data} = this.app;
    const choice = (key, label, options) => h('label', {class: 'pick'}, h('span', {}, label),
      h('select', {id: 'by-' + key, onchange: e => { this.wanted[key] = e.target.value; this.filter(); }},
        options.map(([value, words]) => h('option', {value}, words))));
    this.search = h('input', {id: 'search', type: 'search', autocomplete: 'off', spellcheck: 'false', placeholder: 'Type a few letters', 'aria-label': 'Search the letters',
      oninput: e => { this.wanted.text = e.target.value; this.filter(); }});
    this.summary = h('p', {class: 'summary'});
    return h('header', {class: 'top'},
      h('div', {class: 'title'}, h('h1', {}, 'Letters'), h('p', {class: 'office'}, data.office), this.summary),
      h('div', {class: 'filters', role: 'search'},
        h('label', {class: 'pick wide'}, h('span', {}, 'Search'), this.search),
        choice('language', 'Language', [['', 'All'], ...unique(data.letters.map(l => l.language)).map(tag =>
          [tag, data.letters.find(l => l.language === tag).languageName])]),
        choice('state', 'State', [['', 'All'], ['ready', 'Ready'], ['work', 'Needs work'], ['approved', 'Approved'], ['changed', 'Changed since approved']]),
        choice('stage', 'Kind', [['', 'All'], ...unique(data.letters.flatMap(l => l.kinds)).map(k => [k, k])]),
        h('button', {type: 'button', class: 'quiet', onclick: () => this.app.help()}, 'Keys')));
  }

  clear() {
    this.wanted = {text: '', language: '', state: '', stage: ''};
    for (const control of this.node.querySelectorAll('.filters select, .filters input')) control.value = '';
    this.filter();
    this.search.focus();
  }

  // update takes over what the program says now.
  update() {
    const {data} = this.app;
    const ready = data.letters.filter(l => l.ready).length;
    this.summary.textContent = `${ready} of ${many(data.letters.length, 'letter', 'letters')} ready`;
    for (const [id, card] of this.cards) if (!data.letters.some(l => l.id === id)) { card.node.remove(); this.cards.delete(id); }
    for (const [i, letter] of data.letters.entries()) {
      let card = this.cards.get(letter.id);
      if (!card) {
        card = new Card(this.app);
        this.cards.set(letter.id, card);
        this.near.observe(card.node);
      }
      card.update(letter);
      if (this.list.children[i] !== card.node) this.list.insertBefore(card.node, this.list.children[i] || null);
    }
    this.filter();
  }

  filter() {
    const {text, language, state, stage} = this.wanted;
    const words = folded(text).split(/\s+/).filter(Boolean);
    let shown = 0;
    for (const {letter, node} of this.cards.values()) {
      const about = folded([letter.title, letter.purpose, letter.languageName, letter.id, letter.stage, ...letter.kinds].join(' '));
      const is = words.every(w => about.includes(w)) && (!language || letter.language === language) && (!stage || letter.kinds.includes(stage)) &&
        (!state || (state === 'ready' && letter.ready) || (state === 'work' && !letter.ready) ||
          (state === 'approved' && letter.approved && !letter.approved.changed) || (state === 'changed' && letter.approved?.changed));
      node.hidden = !is;
      if (is) shown++;
    }
    this.none.hidden = shown > 0;
    this.count.textContent = shown === this.cards.size ? '' : `${shown} of ${many(this.cards.size, 'letter', 'letters')}`;
  }

  // step moves the focus from card to card.
  step(by) {
    const links = [...this.list.querySelectorAll('li:not([hidden]) a')];
    const at = links.indexOf(document.activeElement);
    links[at < 0 ? 0 : Math.max(0, Math.min(links.length - 1, at + by))]?.focus();
  }

  // order is the letters as they are shown.
  order() { return [...this.cards.values()].filter(c => !c.node.hidden).map(c => c.letter); }
}

const folded = text => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

class Card {
  constructor(app) {
    this.app = app;
    this.mini = h('div', {class: 'mini', 'aria-hidden': 'true'});
    this.words = h('div', {class: 'about'});
    this.link = h('a', {class: 'card'}, this.mini, this.words);
    this.node = h('li', {}, this.link);
    this.node.card = this;
  }

  update(letter) {
    const other = this.letter?.version !== letter.version;
    this.letter = letter;
    this.link.href = '#' + path(letter.id);
    replace(this.words,
      h('h2', {lang: letter.language}, letter.title),
      h('p', {class: 'facts'}, state(letter), signed(letter)),
      h('p', {class: 'purpose'}, letter.purpose),
      h('p', {class: 'facts'}, h('span', {}, letter.languageName), letter.stage && h('span', {}, plain(letter.stage).replaceAll('-', ' ')), letter.grade && h('span', {}, letter.grade)));
    if (this.paper && (other || !this.paper.look)) this.draw();
  }

  // picture draws the letter when it is near what is seen, and takes it away again.
  picture(near) {
    if (near === Boolean(this.paper)) return;
    if (!near) {
      this.paper = null;
      this.mini.replaceChildren();
      return;
    }
    this.paper = new Paper('', true);
    this.mini.append(this.paper.node);
    this.draw();
  }

  async draw() {
    const paper = this.paper;
    const {id, person, people} = this.letter;
    const page = await source.page(id, {person, form: -1, fields: Boolean(people[person].held)});
    if (this.paper !== paper) return;
    if (page.html) await paper.show(page.html, {});
    this.mini.querySelector('p')?.remove();
    if (page.fault && !paper.look) this.mini.append(h('p', {}, 'This letter cannot be shown as it is now.')); // else the last good picture stays
  }
}
