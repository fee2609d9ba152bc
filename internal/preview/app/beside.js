// What stands beside a letter: itself in another language, or as it once was,
// and then what is different.

class Beside {
  constructor(view) {
    this.view = view;
    this.older = [];  // what the letter once was
    this.key = '';    // of what stands there,
    this.paper = null;
    this.column = null;
    this.legend = h('p', {class: 'legend', role: 'status'});
    this.list = h('section', {class: 'differences', 'aria-label': 'What is different'});
  }

  // choices are what the letter can be held against.
  get choices() {
    const twin = this.view.data.letters.find(o => o.id === this.view.letter.twin);
    return [...twin ? [{name: 'twin', says: twin.languageName, twin}] : [], ...this.older];
  }

  // then is what the letter once was, where that is chosen.
  get then() { return this.older.find(o => o.name === this.view.look.beside); }

  // recall asks what the letter once was.
  async recall() {
    const {turn, letter} = this.view;
    const older = await source.earlier(letter.id, this.view.asked());
    if (turn !== this.view.turn) return; // somebody was faster
    const names = list => list.map(o => o.name + o.says).join();
    const others = names(older) !== names(this.older);
    this.older = older;
    this.recalled = letter.version;
    if (!others) return;
    this.view.drawTools();
    this.view.drawSide();
  }

  async draw() {
    const {view} = this;
    if (this.recalled !== view.letter.version) await this.recall();
    const chosen = this.choices.find(b => b.name === view.look.beside);
    const key = chosen ? chosen.twin?.id ?? chosen.name : '';
    if (this.key !== key) {
      this.column?.remove();
      this.key = key;
      this.paper = null;
      if (chosen) {
        const {twin, says} = chosen;
        this.paper = new Paper(twin ? `The letter in ${says}` : `The letter ${says}`, false);
        this.column = h('div', {class: 'column'}, this.paper.node, h('p', {class: 'under', lang: twin?.language}, twin ? twin.title : upper(says)));
        view.papers.append(this.column);
      }
    }
    view.node.classList.toggle('two', Boolean(chosen));
    this.tell();
    if (!chosen) return;
    const {paper} = this;
    const html = chosen.twin ? (await this.twinPage(chosen.twin)).html : chosen.html;
    if (!html || this.paper !== paper) return;
    await paper.show(html, {...view.lookOf(), addresses: []});
    this.tell();
  }

  twinPage(twin) {
    const {view} = this, person = view.person.id;
    return source.page(twin.id, {...view.asked(), person, fields: view.look.fields || Boolean(twin.people[person].held),
      form: twin.choices.join() === view.letter.choices.join() ? view.asked().form : -1});
  }

  // tell marks what is different on both papers, and says it in words.
  tell() {
    const {view, then} = this;
    const all = (then?.changes ?? []).map(d => ({...d, how: d.was === null ? 'new' : d.now === null ? 'gone' : 'changed'}));
    const marks = which => all.filter(d => d[which] !== null).map(d => [d[which], d.how]);
    view.paper.differ(marks('now'));
    this.paper?.differ(marks('was'));
    const looks = Object.entries(DIFFERS).filter(([how]) => all.some(d => d.how === how)).map(([, d]) => `${d.looks}: ${d.word.toLowerCase()}`);
    replace(this.legend, then && [h('strong', {}, all.length ? `${many(all.length, 'sentence is', 'sentences are')} different. ` : 'No words are different, only how they are set. '),
      looks.length > 0 && upper(looks.join(' · '))]);
    replace(this.list, all.length > 0 && h('h2', {}, 'What is different'), all.length > 0 && h('ol', {class: 'findings'}, all.map((d, i) => this.item(d, i))));
  }

  item(d, i) {
    const {fields} = this.view.data, id = 'difference-' + i, {sign, word} = DIFFERS[d.how];
    const words = (text, name) => text.split(/<<|>>/).map((part, n) => n % 2 ? h(name, {}, ...spoken(part, fields)) : spoken(part, fields));
    const both = d.how === 'changed' && d.then !== d.words;
    return h('li', {class: 'finding'},
      h('button', {id, type: 'button', 'aria-pressed': String(this.view.pressed === id), onclick: () => this.view.show(id, {...d, words: (d.words || d.then).replace(/<<|>>/g, '')})},
        h('span', {class: 'weight'}, h('i', {'aria-hidden': 'true'}, sign), h('b', {}, word), d.what && ` · ${d.what}`),
        (both || d.how === 'gone') && h('span', {class: 'says'}, both && 'Was: ', words(d.then, 'del')),
        d.how !== 'gone' && h('span', {class: 'says'}, both && 'Now: ', words(d.words, 'ins'))),
      h('dl', {}, d.when && [h('dt', {}, 'When'), h('dd', {}, ...spoken(d.when.replace(/^when /, ''), fields))],
        d.how === 'changed' && !both && [h('dt', {}, 'How'), h('dd', {}, 'The same words, at another place or in other forms of the letter.')]));
  }
}
