// What every part needs: elements, words, and what was focused.

// h makes an element. Text is always text: nothing that it is given becomes markup.
function h(name, props, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(props || {})) {
    if (value === undefined || value === null || value === false) continue;
    if (key.startsWith('on')) node.addEventListener(key.slice(2), value);
    else if (key in node && key !== 'list' && key !== 'form' && typeof value !== 'string') node[key] = value;
    else node.setAttribute(key === 'className' ? 'class' : key, value === true ? '' : value);
  }
  node.append(...children.flat(3).filter(c => c !== null && c !== undefined && c !== false && c !== ''));
  return node;
}

// replace puts new children into a node; what has the focus keeps it, by its id.
function replace(node, ...children) {
  const focused = document.activeElement;
  const id = node.contains(focused) ? focused.id : '';
  const caret = id && focused.type === 'text' ? [focused.selectionStart, focused.selectionEnd] : null;
  const opened = new Map([...node.querySelectorAll('details[id]')].map(d => [d.id, d.open]));
  node.replaceChildren(...children.flat(3).filter(Boolean));
  for (const d of node.querySelectorAll('details[id]')) if (opened.has(d.id)) d.open = opened.get(d.id);
  if (id) byId(id)?.focus({preventScroll: true});
  if (caret) byId(id)?.setSelectionRange(...caret);
}

// spoken writes text in which {{names}} of fields stand for people.
function spoken(text, fields) {
  return text.split(/\{\{\s*([a-z0-9_]+)\s*\}\}/).map((part, i) =>
    i % 2 ? chip(part, fields) : part);
}

// meaning is what a field is, in a few words of fields.toml.
function meaning(name, fields) {
  const f = fields[name];
  return f && f.type !== 'fact' ? f.says.split(/[:;,(]|\. /)[0].trim() : plain(name);
}

const chip = (name, fields) => h('span', {class: 'chip', title: fields[name]?.says}, meaning(name, fields));

const plain = name => name.replaceAll('_', ' ');
const upper = text => text[0].toUpperCase() + text.slice(1);
const many = (n, one, more) => `${n} ${n === 1 ? one : more}`;
const unique = list => [...new Set(list)].filter(Boolean).sort();
const day = date => new Date(date + 'T12:00').toLocaleDateString('en-US', {dateStyle: 'long'});
const byId = id => document.getElementById(id);

// toMend says who can put right what was saved, and what they need to know.
const toMend = detail => [' Whoever changed it last can put it right, and this page goes on by itself.',
  detail && h('p', {class: 'small exact'}, 'Exactly: ', detail)];

// announce says something without moving anybody.
function announce(text) { byId('status').textContent = text; }

// state says how a letter stands: a sign and a word, never a colour alone.
function state(letter) {
  return letter.ready ? h('span', {class: 'state ready'}, h('i', {'aria-hidden': 'true'}, '✓'), 'Ready')
    : h('span', {class: 'state work'}, h('i', {'aria-hidden': 'true'}, '●'), 'Needs work');
}

// signed says whether somebody approved a letter.
function signed(letter) {
  const a = letter.approved;
  if (!a) return null;
  return a.changed ? h('span', {class: 'signed changed'}, h('i', {'aria-hidden': 'true'}, '△'), 'Changed since it was approved')
    : h('span', {class: 'signed'}, h('i', {'aria-hidden': 'true'}, '✎'), `Approved by ${a.by}, ${day(a.on)}`);
}
