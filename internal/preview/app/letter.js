// One letter: the paper, and beside it all there is to know about it.

const FEW = 4; // a longer list of reasons not to send a letter is folded, and its length said

class LetterView {
  constructor(app, id) {
    this.app = app;
    this.id = id;
    this.typed = {};   // values that somebody typed: they stay here
    this.decided = {}; // what somebody decided about {{#if}}, by name
    this.mark = -1;    // what is marked on the paper,
    this.pressed = ''; // and the button that says what it is
    this.paper = new Paper('The letter', false);
    this.beside = new Beside(this);
    this.bar = h('header', {class: 'top letter-top'});
    this.tools = h('div', {class: 'tools'});
    this.note = h('div', {class: 'notes'});
    this.under = h('p', {class: 'under', role: 'status'});
    this.papers = h('div', {class: 'papers'}, h('div', {class: 'column'}, this.paper.node, this.under));
    this.side = h('aside', {class: 'side', 'aria-label': 'About this letter'});
    this.node = h('div', {class: 'letter-view'}, this.bar,
      h('main', {id: 'main', tabindex: '-1'}, this.tools, h('div', {class: 'desk-and-side'}, h('div', {class: 'center'}, this.note, this.beside.legend, this.papers, this.beside.list), this.side)));
    this.update();
  }

  get data() { return this.app.data; }
  get letter() { return this.data.letters.find(l => l.id === this.id); }
  get look() { return this.app.look; }
  get person() {
    const wanted = this.look.person;
    return this.data.people.find(p => p.id === wanted && !this.letter.people[p.id].held) || this.data.people.find(p => p.id === this.letter.person);
  }

  get held() { return this.letter.people[this.person.id].held; }
  get names() { return this.look.fields || Boolean(this.held); } // nobody sees the values of a letter that is not for them

  // form is the number of the form: bit i is whether the i-th choice is there.
  get form() {
    const natural = this.letter.people[this.person.id].form;
    return this.letter.choices.reduce((n, name, i) => n | (this.there(name, natural >> i & 1) ? 1 << i : 0), 0);
  }
  there(name, natural) {
    if (this.decided[name] !== undefined) return this.decided[name];
    if (this.typed[name] !== undefined) return this.typed[name] !== '' || Boolean(natural);
    return Boolean(natural);
  }

  // update takes over what the program says now.
  update() {
    if (!this.letter) {
      replace(this.note, notice('This letter is not there any more.', h('a', {href: '#'}, 'All letters')));
      return;
    }
    document.title = `${this.letter.title} · Letters`;
    const drawn = this.draw(); // the page is on its way while the rest is drawn
    this.drawBar();
    this.drawTools();
    this.drawSide();
    return drawn;
  }

  drawBar() {
    const l = this.letter;
    const order = this.app.order();
    const at = order.findIndex(o => o.id === l.id);
    const go = (to, sign, words, id) => h('a', {id, class: 'step', href: to ? '#' + path(to.id) : undefined, 'aria-disabled': to ? undefined : 'true', role: to ? undefined : 'link',
      'aria-label': to ? `${words}: ${to.title}` : words, title: to ? to.title : ''}, sign);
    replace(this.bar,
      h('nav', {'aria-label': 'Letters'}, h('a', {id: 'all', class: 'back', href: '#'}, h('span', {'aria-hidden': 'true'}, '‹'), 'Letters')),
      h('div', {class: 'title'}, h('h1', {lang: l.language}, l.title), h('p', {class: 'facts'}, state(l), signed(l), h('span', {}, l.languageName), l.grade && h('span', {}, l.grade))),
      h('div', {class: 'steps'}, go(order[at - 1], '↑', 'Letter before', 'before'), go(order[at + 1], '↓', 'Next letter', 'next'),
        this.data.pdf && source.live && h('a', {id: 'pdf', class: 'button', href: this.pdf(), download: ''}, 'PDF'),
        h('button', {id: 'print', type: 'button', class: 'button main', onclick: () => this.print()}, 'Print')));
  }

  drawTools() {
    const l = this.letter, look = this.look;
    const others = this.data.people.filter(p => l.people[p.id].held);
    const option = p => h('option', {value: p.id, selected: p.id === this.person.id}, this.data.real ? p.name : `${p.name} – ${p.address[l.language]?.[0] || ''}`);
    const set = (key, value) => { look[key] = value; this.update(); };
    const radio = (value, words) => h('label', {class: 'segment'}, h('input', {type: 'radio', name: 'paper', id: 'look-' + value, value, checked: look.paper === value, onchange: () => set('paper', value)}), h('span', {}, words));
    replace(this.tools,
      h('label', {class: 'pick'}, h('span', {}, 'Person'), h('select', {id: 'person', onchange: e => { this.typed = {}; this.decided = {}; set('person', e.target.value); }},
        this.data.people.filter(p => !l.people[p.id].held).map(option),
        others.length > 0 && h('optgroup', {label: 'Never sent to'}, others.map(p => h('option', {value: p.id, disabled: true, selected: p.id === this.person.id}, p.name))))),
      h('fieldset', {class: 'segments'}, h('legend', {}, 'Paper'), h('div', {}, radio('letter', 'Letter'), radio('large', 'Large print'), radio('phone', 'Phone'))),
      h('label', {class: 'pick'}, h('span', {}, 'Envelope'), h('select', {id: 'envelope', onchange: e => set('envelope', e.target.value)},
        [h('option', {value: 'none', selected: look.envelope === 'none'}, 'Do not show'), ...this.data.envelopes.map(e =>
          h('option', {value: e.name, selected: (look.envelope || this.data.envelope) === e.name}, e.name === this.data.envelope ? e.name + ' (yours)' : e.name))])),
      h('label', {class: 'check'}, h('input', {id: 'fields', type: 'checkbox', checked: look.fields, onchange: e => set('fields', e.target.checked)}), 'Field names'),
      this.beside.choices.length > 0 && h('label', {class: 'pick'}, h('span', {}, 'Beside it'), h('select', {id: 'beside', onchange: e => set('beside', e.target.value)},
        [{name: '', says: 'nothing'}, ...this.beside.choices].map(b => h('option', {value: b.name, selected: b.name === look.beside}, upper(b.says))))));
  }

  asked() {
    return {person: this.person.id, form: this.form === this.letter.people[this.person.id].form ? -1 : this.form, fields: this.names, large: this.look.paper === 'large'};
  }

  pdf() { return `pdf/${path(this.id)}?${query(this.asked())}`; }

  // lookOf is how a paper is to be drawn.
  lookOf() {
    const name = this.look.envelope || this.data.envelope;
    return {
      values: this.names ? {} : this.typed, call: name => meaning(name, this.data.fields), large: this.look.paper === 'large', phone: this.look.paper === 'phone',
      envelope: this.data.envelopes.find(e => e.name === name), envelopeStyle: name === 'none' ? '' : envelopeStyle(this.data, name),
      name: this.person.name, addresses: this.names ? [] : this.data.people.map(p => [p.name, p.address[this.letter.language] || []]),
    };
  }

  // draw fetches the page and puts it on the paper. When there is none, the
  // last good one stays.
  async draw() {
    const turn = this.turn = {};
    byId('pdf')?.setAttribute('href', this.pdf());
    const [page] = await Promise.all([source.page(this.id, this.asked()), this.beside.then && this.beside.recall()]);
    if (turn !== this.turn) return; // somebody was faster
    const l = this.letter;
    const lacks = this.names ? [] : l.people[this.person.id].lacks || [];
    const open = lacks.filter(name => !this.typed[name]);
    replace(this.note,
      this.held && notice(`This letter is not for ${this.person.name}:`, this.held.join('; '), '. You see the names of its fields.'),
      !page.html && !page.fault && this.paper.look && notice('You see the paper from before the program stopped.'),
      page.fault && notice('This letter cannot be shown as it is now.', this.paper.look && 'You see it as it was. ', page.fault.says, ...toMend(page.fault.detail)),
      page.html && open.length > 0 && notice(`${this.person.name} has no value for:`, open.map(name => [chip(name, this.data.fields), ' '])));
    if (page.html) {
      await this.paper.show(page.html, this.lookOf());
      this.beside.tell();
      if (this.mark >= 0) this.paper.find(this.mark);
      this.drawUnder();
      this.drawValues();
    }
    this.beside.draw().catch(() => {}); // nothing waits for it; a program that has stopped is told elsewhere
  }

  drawUnder() {
    const {pages, leaves} = this.paper;
    const look = this.look;
    this.under.replaceChildren(...[
      look.paper !== 'phone' && h('span', {}, many(pages, 'page', 'pages')),
      leaves && h('span', {class: 'bad'}, h('i', {'aria-hidden': 'true'}, '▲ '), `The address of “${leaves}” leaves the window of this envelope.`),
      !leaves && look.paper !== 'phone' && look.envelope !== 'none' && h('span', {}, 'Every address fits the window.'),
      this.paper.far < 0.7 && h('button', {id: 'near', type: 'button', class: 'quiet', 'aria-pressed': String(this.paper.near), onclick: () => this.nearer()}, this.paper.near ? 'Whole page' : 'Larger'),
    ].filter(Boolean));
    this.under.classList.toggle('long', pages > 1);
  }

  // nearer shows the paper as large as it is printed, or all of it again.
  nearer() {
    this.paper.near = !this.paper.near;
    this.paper.fit();
    this.drawUnder();
    byId('near')?.focus({preventScroll: true});
  }

  drawSide() {
    const l = this.letter, f = this.data.fields;
    const section = (id, title, open, ...children) => h('details', {id: 'part-' + id, open}, h('summary', {id: 'sum-' + id}, h('h2', {}, title)), ...children);
    const told = l.findings.filter(x => !x.waived), allowed = l.findings.filter(x => x.waived);
    this.values = h('div', {class: 'values'});
    this.drawValues();
    const reasons = h('ul', {}, l.never.map(s => h('li', {}, s)));
    const never = l.never.length > FEW ? h('details', {id: 'part-never', class: 'never'}, h('summary', {}, h('h3', {}, `Never if one of ${l.never.length} things is so`)), reasons)
      : l.never.length > 0 && [h('h3', {}, 'Never if'), reasons];
    replace(this.side,
      section('findings', told.length ? many(told.length, 'thing to look at', 'things to look at') : 'Nothing to change', true,
        told.length === 0 && h('p', {class: 'good'}, h('span', {'aria-hidden': 'true'}, '✓ '), 'The letter is kind, clear and complete.'),
        h('ol', {class: 'findings'}, told.map(x => this.finding(x))),
        allowed.length > 0 && h('ol', {class: 'findings'}, allowed.map(x => this.finding(x)))),
      l.approved && section('approved', l.approved.changed ? 'Changed since it was approved' : 'Approved', l.approved.changed,
        h('p', {}, `By ${l.approved.by} on ${day(l.approved.on)}.`, l.approved.note && ` ${l.approved.note}`),
        l.approved.what?.length > 0 && [h('h3', {}, 'What has changed'), h('ul', {}, l.approved.what.map(w => h('li', {}, w)))],
        this.look.beside !== 'approved' && this.beside.older.some(o => o.name === 'approved') && h('button', {id: 'see', type: 'button', class: 'quiet', onclick: () => this.seeChanges()}, 'Show what is different')),
      (l.only.length + l.never.length > 0) && section('send', 'Before you send it', l.ready,
        l.only.length > 0 && [h('h3', {}, 'Send only if'), h('ul', {}, l.only.map(s => h('li', {}, s)))],
        never),
      section('person', 'Person', false, h('p', {}, this.person.says), h('p', {class: 'small'}, this.data.real ? 'Real data. It is shown here and kept nowhere.' : 'Invented, like everybody here.')),
      l.choices.length > 0 && section('forms', 'What may be missing', false, this.switches()),
      section('values', 'Try other values', false, h('p', {class: 'small'}, 'What you type stays in this window: it is printed, but never saved or sent, so a PDF does not have it.'), this.values),
      section('reading', 'Reading', false, this.reading()),
      section('needs', 'What the letter needs', false, h('ul', {class: 'needs'}, l.fields.map(u => h('li', {}, upper(f[u.name].says), '.',
        h('span', {class: 'small'}, upper(f[u.name].privacy), u.when && [' · only ', ...spoken(u.when, f)]))))),
      h('p', {class: 'small path'}, l.path, l.kinds.length > 0 && ` · ${l.kinds.join(', ')}`));
  }

  // seeChanges puts what was approved beside the letter.
  seeChanges() {
    this.look.beside = 'approved';
    this.update();
    scrollTo({top: 0, behavior: 'instant'});
    byId('beside').focus({preventScroll: true});
  }

  finding(x) {
    const f = this.data.fields;
    const id = 'finding-' + x.mark;
    return h('li', {class: 'finding ' + x.severity},
      h('button', {id, type: 'button', 'aria-pressed': String(this.pressed === id), onclick: () => this.show(id, {now: x.mark, ...x}), disabled: x.whole},
        h('span', {class: 'weight'}, h('i', {'aria-hidden': 'true'}, {error: '●', warning: '◆', note: '○'}[x.severity]), h('b', {}, x.waived ? 'Allowed' : upper(x.weight))),
        h('span', {class: 'says'}, ...spoken(upper(x.says), f))),
      h('dl', {},
        x.when && [h('dt', {}, 'When'), h('dd', {}, ...spoken(x.when.replace(/^when /, ''), f))],
        x.detail && [h('dt', {}, 'Exactly'), h('dd', {class: 'small exact'}, x.detail)],
        x.waived && [h('dt', {}, 'Allowed because'), h('dd', {}, x.waived)],
        x.waived_by && [h('dt', {}, 'By'), h('dd', {}, x.waived_by)],
        x.waived_until && [h('dt', {}, 'Until'), h('dd', {}, day(x.waived_until))],
        x.why && [h('dt', {}, 'Why'), h('dd', {}, x.why)],
        x.try?.length && [h('dt', {}, 'Try'), x.try.map(t => h('dd', {class: 'try'}, ...spoken(t, f)))]),
      x.source?.length > 0 && h('details', {id: 'source-' + x.mark, class: 'sources'}, h('summary', {}, 'Source'), h('ul', {class: 'small'}, x.source.map(s => h('li', {}, s)))));
  }

  // show marks the words of a finding or of a difference, in a form that has
  // them: now on the letter, was on what stands beside it.
  async show(id, {now, was, forms, words}) {
    if (forms && !forms.includes(this.form)) {
      this.mark = now;
      this.letter.choices.forEach((name, i) => { this.decided[name] = Boolean(forms[0] >> i & 1); });
      this.drawTools();
      await this.draw();
      this.drawSide();
    }
    this.point(id, now, words || 'The place', was);
  }

  point(id, now, words, was) {
    this.mark = now ?? -1;
    this.pressed = id;
    const found = [[this.paper, this.mark], [this.beside.paper, was ?? -1]].map(([paper, mark]) => [paper, paper ? paper.find(mark) : -1]).find(([, top]) => top >= 0);
    for (const b of this.node.querySelectorAll('button[aria-pressed]:not(#near)')) b.setAttribute('aria-pressed', String(b.id === id));
    if (!found) { announce('These words are not on the page in this form.'); return; }
    const [paper, top] = found;
    const y = paper.node.getBoundingClientRect().top + top;
    if (y < 80 || y > innerHeight - 120) scrollBy({top: y - innerHeight / 3, behavior: matchMedia('(prefers-reduced-motion: reduce)').matches ? 'instant' : 'smooth'});
    announce(`“${words}” is marked on the paper.`);
  }

  switches() {
    const natural = this.letter.people[this.person.id].form;
    return h('div', {class: 'switches'}, h('p', {class: 'small'}, 'The letter says something else when one of these is missing.'),
      this.letter.choices.map((name, i) => h('label', {class: 'check'},
        h('input', {id: 'has-' + name, type: 'checkbox', checked: this.there(name, natural >> i & 1), onchange: e => { this.decided[name] = e.target.checked; this.drawTools(); this.draw(); }}),
        h('span', {title: this.data.fields[name].says}, upper(meaning(name, this.data.fields)), this.data.fields[name].type === 'fact' && h('span', {class: 'small'}, 'Your office answers this in practice.toml.')))));
  }

  // drawValues lists what is filled in on the page.
  drawValues() {
    if (!this.values || this.values.contains(document.activeElement)) return;
    const rows = this.letter.fields.filter(u => !['list', 'bool', 'block', 'blank'].includes(this.data.fields[u.name]?.type)).map(u => {
      const was = this.paper.value(u.name);
      return h('label', {class: 'pick'}, h('span', {}, upper(meaning(u.name, this.data.fields))),
        h('input', {id: 'value-' + u.name, type: 'text', autocomplete: 'off', value: this.typed[u.name] ?? was ?? '', placeholder: was === undefined ? 'not on the page now' : '',
          title: this.data.fields[u.name].says, oninput: e => this.type(u.name, e.target.value)}));
    });
    const reset = h('button', {id: 'reset', type: 'button', class: 'quiet', onclick: () => { this.typed = {}; this.decided = {}; document.activeElement.blur(); this.update(); }}, 'Back to the values of ' + this.person.name);
    replace(this.values, rows, reset);
  }

  // type takes over a typed value. Where the letter says something else without
  // it, an empty one is one that is missing.
  type(name, value) {
    const was = this.form;
    this.typed[name] = value;
    if (this.letter.choices.includes(name)) this.decided[name] = value !== '';
    if (this.form === was) this.paper.fill(this.names ? {} : this.typed);
    else { this.drawTools(); this.draw(); const box = byId('has-' + name); if (box) box.checked = value !== ''; }
    this.drawUnder();
  }

  reading() {
    const l = this.letter;
    const hard = (mark, words, id = 'hard-' + mark) => h('button', {id, type: 'button', class: 'hard', 'aria-pressed': String(this.pressed === id), onclick: () => this.point(id, mark, words)}, words);
    return [
      h('p', {}, l.grade ? `${l.grade}, in its hardest form.` : 'Too short to tell how hard it is to read.'),
      l.sentences.length > 0 && [h('h3', {}, 'Hardest sentences'), h('ol', {class: 'hards'}, l.sentences.map(s => h('li', {}, hard(s.mark, s.words), h('span', {class: 'small'}, many(s.count, 'word', 'words')))))],
      l.words.some(w => w.plainer) && [h('h3', {}, 'Hard words'), h('ul', {class: 'hards'}, l.words.filter(w => w.plainer).map(w => h('li', {}, hard(w.mark, w.word), h('span', {}, ` → ${w.plainer.join(', ')}`))))],
      l.words.some(w => !w.plainer) && [h('h3', {}, 'Long words'), h('ul', {class: 'hards row'}, l.words.filter(w => !w.plainer).map(w => h('li', {}, hard(w.mark, w.word))))],
    ].filter(Boolean);
  }

  print() {
    this.mark = -1;
    this.pressed = '';
    this.paper.print();
  }

  // next goes through the findings.
  step() {
    const buttons = [...this.side.querySelectorAll('.finding button:not([disabled])')];
    if (buttons.length === 0) { announce('Nothing to change.'); return; }
    byId('part-findings').open = true;
    const at = buttons.findIndex(b => b.getAttribute('aria-pressed') === 'true');
    const button = buttons[(at + 1) % buttons.length];
    button.focus();
    button.click();
  }
}

function notice(title, ...words) { return h('div', {class: 'notice', role: 'note'}, h('strong', {}, title), ' ', ...words); }
