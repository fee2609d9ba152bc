// A letter on paper, in a frame in which nothing runs.

const INCH = 96;
const SHEET = {width: 8.5 * INCH, height: 11 * INCH, folds: [3.667 * INCH, 7.333 * INCH]};
const FIRST_PAGE = {standard: 10.7 * INCH, large: 10.4 * INCH}, NEXT_PAGE = 9.9 * INCH; // where letter.css ends them
const PHONE = 375;

// How a sentence can differ: a sign, a word, and how its words look.
const DIFFERS = {new: {sign: '+', word: 'New', looks: 'underlined twice'}, changed: {sign: '△', word: 'Changed', looks: 'underlined with dashes'},
  gone: {sign: '−', word: 'No longer there', looks: 'struck out'}};

// What the frame shows besides the letter's own style.
const FRAME_STYLE = `
@media screen {
  html { overflow: hidden; background: #fff; }
  body { min-height: 0; padding: 0; background: #fff; }
  .letter, .standard .letter, .large-print .letter { margin: 0; box-shadow: none; border: 0; }
  .draft-banner, .hold-banner { display: none; }
  [data-field].typed { background: #e8f1e4; box-shadow: inset 0 -1px 0 #4c7a3a; }
  [data-field].missing { padding: 0 .35em; border-radius: .2em; background: #fbe9e4; box-shadow: inset 0 -1px 0 #a33b20; color: #7d2713; }
  [data-mark].found { background: #ffe9a8; box-shadow: 0 0 0 2px #ffe9a8, 0 3px 0 2px #b07d00; border-radius: 1px; color: #1d2326; }
  .differs { text-decoration: underline 1.5px; text-underline-offset: 0.2em; background: #eaf1f7; }
  .differs.new { text-decoration-style: double; }
  .differs.changed { text-decoration-style: dashed; }
  .differs.gone { text-decoration: line-through 1.5px; }
  .spoken { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  [data-mark].found:empty::before { content: "+ missing here"; padding: 0 .4em; font: 10pt Arial, sans-serif; color: #5c4200; }
}
@media print { .spoken { display: none; } [data-field].missing::before { content: "["; } [data-field].missing::after { content: "]"; } }
@media screen and (prefers-color-scheme: dark) { body { background: #fff; } }
`;

class Paper {
  // title names the frame for screen readers; small is a picture in the gallery.
  constructor(title, small) {
    this.small = small;
    this.near = false; // as large as it is printed, whatever room there is
    this.frame = h('iframe', {title, tabindex: small ? '-1' : undefined, sandbox: 'allow-same-origin allow-modals'});
    this.overlay = h('div', {class: 'overlay', 'aria-hidden': 'true'});
    this.sheet = h('div', {class: 'sheet'}, this.frame, small ? null : this.overlay);
    this.node = h('div', {class: 'desk'}, this.sheet);
    this.ready = new Promise(done => this.frame.addEventListener('load', done, {once: true}));
    if (source.live) this.frame.src = 'paper';
    else this.frame.srcdoc = `<!doctype html><html><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><title>Letter</title></head><body></body></html>`;
    this.ready.then(() => this.doc?.addEventListener('keydown', e => this.key(e)));
    new ResizeObserver(() => this.fit()).observe(this.node);
  }

  get doc() { return this.frame.contentDocument; }

  // show puts a page into the frame, in place of what was there.
  async show(html, look) {
    await this.ready;
    if (!this.doc) return; // it was taken away meanwhile
    const page = new this.frame.contentWindow.DOMParser().parseFromString(html, 'text/html');
    const doc = this.doc;
    for (const link of page.querySelectorAll('[href]')) link.removeAttribute('href');
    for (const script of page.querySelectorAll('script')) script.remove();
    const style = [...page.querySelectorAll('style')].map(s => s.textContent).join('\n');
    for (const text of [style, look.envelopeStyle || '', FRAME_STYLE].entries()) {
      let node = doc.querySelectorAll('style')[text[0]];
      if (!node) node = doc.head.appendChild(doc.createElement('style'));
      if (node.textContent !== text[1]) node.textContent = text[1];
    }
    doc.documentElement.lang = page.documentElement.lang;
    doc.title = page.title;
    doc.body.className = look.large ? 'large-print' : 'standard';
    doc.body.replaceChildren(...[...page.body.childNodes].map(n => doc.importNode(n, true)));
    this.look = look;
    this.fill(look.values || {});
  }

  // fill puts typed values in the place of those of the person. They go no
  // further than this frame.
  fill(values) {
    for (const node of this.doc.querySelectorAll('[data-field]')) {
      const name = node.dataset.field;
      node.dataset.was ??= node.textContent;
      const typed = values[name] !== undefined; // an empty one is one that is missing
      const text = typed ? values[name] : node.dataset.was;
      node.classList.toggle('typed', typed && text !== '');
      node.classList.toggle('missing', text === '');
      node.textContent = text || (this.look.call || plain)(name);
    }
    this.fit();
  }

  // value is how a field reads on the page as it came, '' when it is missing,
  // undefined when it is not on it.
  value(name) { return this.doc?.querySelector(`[data-field="${name}"]`)?.dataset.was; }

  // find marks the words of a finding and tells where they are, in CSS pixels
  // from the top of the desk.
  find(mark) {
    if (!this.doc) return -1; // it was taken away meanwhile
    const nodes = this.doc.querySelectorAll('[data-mark]');
    let first = null;
    for (const node of nodes) {
      const is = node.dataset.mark.split(' ').includes(String(mark));
      node.classList.toggle('found', is);
      if (is) first ??= node;
    }
    this.fit();
    return first ? first.getBoundingClientRect().top * this.scale : -1;
  }

  // differ marks the sentences that are not the same elsewhere: [mark, how], how
  // being "new", "changed" or "gone". Those who listen hear the word before each.
  differ(sentences) {
    if (!this.look || !this.doc) return; // nothing is on it yet
    for (const node of this.doc.querySelectorAll('.differs')) node.classList.remove('differs', ...Object.keys(DIFFERS));
    for (const node of this.doc.querySelectorAll('.spoken')) node.remove();
    for (const [mark, how] of sentences) {
      const nodes = this.doc.querySelectorAll(`[data-mark~="${mark}"]`);
      for (const node of nodes) node.classList.add('differs', how);
      nodes[0]?.prepend(Object.assign(this.doc.createElement('span'), {className: 'spoken', textContent: DIFFERS[how].word + ': '}));
    }
  }

  get width() { return this.look?.phone ? PHONE : SHEET.width; }

  // fit makes the sheet as wide as there is room, and as high as it has to be.
  fit() {
    const letter = this.doc?.querySelector('.letter');
    if (!letter || !this.look) return;
    this.sheet.style.width = this.width + 'px';
    this.far = Math.min(1, this.node.clientWidth / this.width);
    this.scale = this.near ? 1 : this.far;
    this.sheet.style.transform = this.scale < 1 ? `scale(${this.scale})` : '';
    const height = Math.ceil(letter.getBoundingClientRect().height);
    this.frame.style.height = height + 'px';
    if (this.small) return;
    this.node.style.height = Math.ceil(height * this.scale) + 'px';
    this.node.classList.toggle('near', this.near && this.far < 1);
    this.draw(letter);
  }

  // draw draws what is not on the paper: windows, folds, ends of pages.
  draw(letter) {
    const marks = [];
    const place = (className, left, top, width, height, words) => {
      const node = h('div', {class: className}, words ? h('span', {}, words) : null);
      Object.assign(node.style, {left: left + 'px', top: top + 'px', width: width + 'px', height: height + 'px'});
      marks.push(node);
    };
    this.pages = 1;
    this.leaves = '';
    if (!this.look.phone) {
      const breaks = this.breaks(letter);
      this.pages = breaks.length + 1;
      breaks.forEach((y, n) => place('page-end', 0, y, SHEET.width, 0, `page ${n + 2}`));
      const e = this.look.envelope;
      if (e) {
        this.leaves = this.address(letter, e);
        for (const y of SHEET.folds) place('fold', 0, y, SHEET.width, 0, 'fold');
        const box = (b, name, out) => b.width && place('window' + (out ? ' out' : ''), b.left * INCH, b.top * INCH, b.width * INCH, b.height * INCH, name);
        box(e.return, 'window', false);
        box(e.to, this.leaves ? 'does not fit' : 'window', this.leaves);
      }
    }
    this.overlay.replaceChildren(...marks);
  }

  // breaks tells where the second page begins, and the ones after it: as the
  // printer does, it parts no table and leaves no line alone.
  breaks(letter) {
    const top = letter.getBoundingClientRect().top;
    const body = [...letter.querySelectorAll('.body > *')];
    const closing = body.filter((node, i) => i >= body.length - 4 && node.matches('p'));
    const boxes = [...body.filter(node => !closing.includes(node)).flatMap(node => node.matches('ul, ol') ? [...node.children] : [node]).map(node => [node]),
      closing, ...[...letter.querySelectorAll('.foot, .slip')].filter(node => getComputedStyle(node).position !== 'absolute').map(node => [node])];
    const breaks = [];
    let end = FIRST_PAGE[this.look.large ? 'large' : 'standard'];
    for (const box of boxes.filter(box => box.length > 0)) {
      const from = box[0].getBoundingClientRect().top - top, to = box.at(-1).getBoundingClientRect().bottom - top;
      if (to <= end + 1) continue;
      let at = from;
      if (box.length === 1 && box[0].matches('p, li')) {
        const high = parseFloat(getComputedStyle(box[0]).lineHeight) || (to - from);
        const lines = Math.round((to - from) / high), fit = Math.min(Math.floor((end - from) / high), lines - 2);
        if (fit >= 2) at = from + fit * high;
      }
      breaks.push(at);
      end = at + NEXT_PAGE;
    }
    return breaks;
  }

  // address says whose address leaves its window: that on the page, or the
  // longest of all people.
  address(letter, envelope) {
    const to = letter.querySelector('.to');
    const lines = to?.querySelector('p');
    if (!lines) return '';
    const page = letter.getBoundingClientRect();
    const b = envelope.to;
    const fits = node => {
      const range = node.ownerDocument.createRange();
      range.selectNodeContents(node);
      const r = range.getBoundingClientRect();
      const slack = 1.5; // the tops of letters are not as high as their lines
      return r.left - page.left >= b.left * INCH - slack && r.right - page.left <= (b.left + b.width) * INCH + slack &&
        r.top - page.top >= b.top * INCH - slack && r.bottom - page.top <= (b.top + b.height) * INCH + slack;
    };
    if (!fits(lines)) return this.look.name;
    const real = [...lines.childNodes];
    let out = '';
    for (const [name, other] of this.look.addresses || []) {
      lines.replaceChildren(...other.flatMap((line, i) => i ? [this.doc.createElement('br'), line] : [line]));
      if (!fits(lines)) { out = name; break; }
    }
    lines.replaceChildren(...real);
    return out;
  }

  // key passes on a key that was pressed while the paper had the focus.
  key(e) {
    const {key, ctrlKey, metaKey, altKey} = e;
    if (!dispatchEvent(new KeyboardEvent('keydown', {key, ctrlKey, metaKey, altKey, cancelable: true}))) e.preventDefault();
  }

  // lay puts a copy of the sheet, with its own style, where the page around it is
  // printed: from the menu of the browser it then comes out as from the frame,
  // while a frame on a printed page is cut wherever the paper ends. lift takes it
  // away again.
  lay() {
    if (!this.look || !this.doc) return; // nothing is on it yet
    const style = new CSSStyleSheet({media: 'print'});
    style.replaceSync([...this.doc.querySelectorAll('style')].map(s => s.textContent).join('\n') + 'body > :not(.laid) { display: none !important; } .laid { display: contents; }');
    document.adoptedStyleSheets = [style];
    byId('style').media = 'screen';
    document.body.className = this.doc.body.className;
    document.body.append(h('div', {class: 'laid'}, [...this.doc.body.childNodes].map(n => document.importNode(n, true))));
  }

  lift() {
    document.adoptedStyleSheets = [];
    byId('style').media = '';
    document.body.className = '';
    document.querySelector('.laid')?.remove();
  }

  // print prints this sheet and nothing else.
  print() {
    this.find(-1);
    this.frame.contentWindow.print();
  }
}

// envelopeStyle sets the places of another envelope than the office's.
function envelopeStyle(data, name) {
  if (name === data.envelope) return '';
  const clear = ['left', 'top', 'width', 'height'].map(side => `--return-${side}: initial;`).join(' ');
  return `:root { ${clear} }\n${data.envelopes.find(e => e.name === name)?.style || ''}`;
}
