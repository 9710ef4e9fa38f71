// The keys of the pages. Every one of them does what a link or a box on the page does; without this script all is there.
const main = document.querySelector("main");
const sheet = document.getElementById("keys");
const on = document.getElementById("keys-on");
const OFF = "rashomon-keys-off";
const LONG = 1200; // milliseconds between the two letters of "g i"

document.documentElement.classList.add("scripted");

// The table in the sheet of keys is the table of keys; a browser may keep others in their place.
const OTHERS = "rashomon-keys";
const others = JSON.parse(localStorage.getItem(OTHERS) ?? "{}");
const named = (row) => `${row.closest("table").dataset.where} ${row.dataset.key}`;
const acts = new Map();
const where = new Set(["everywhere", main.dataset.page]);
for (const row of sheet.querySelectorAll("tr[data-key]")) {
  const key = others[named(row)] ?? row.dataset.key;
  const box = row.querySelector("[data-change]");
  if (box) box.value = key;
  if (!where.has(row.closest("table").dataset.where)) continue;
  acts.set(key, row.dataset.act);
  // The key that a button bears is the one that presses it.
  if (key !== row.dataset.key) {
    for (const shown of document.querySelectorAll("main kbd, .top kbd")) {
      if (shown.textContent === row.dataset.key) shown.textContent = key;
    }
  }
}
// A key is changed by pressing another in its box; the same again, or an empty box, brings the first one back.
for (const box of sheet.querySelectorAll("[data-change]")) {
  const row = box.closest("tr");
  box.addEventListener("keydown", (event) => {
    if (event.key.length !== 1 || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    box.value = event.key;
    box.dispatchEvent(new Event("change"));
  });
  box.addEventListener("change", () => {
    const key = box.value.trim() || row.dataset.key;
    if (key === row.dataset.key) delete others[named(row)];
    else others[named(row)] = key;
    box.value = key;
    localStorage.setItem(OTHERS, JSON.stringify(others));
    sheet.querySelector("[data-changed]").textContent = "Changed; it holds from the next page on.";
  });
}

on.checked = localStorage.getItem(OFF) === null;
on.addEventListener("change", () => (on.checked ? localStorage.removeItem(OFF) : localStorage.setItem(OFF, "1")));
for (const button of document.querySelectorAll("[data-keys]")) button.addEventListener("click", () => sheet.showModal());

const follow = (link) => link && link.click();
const go = (address) => window.location.assign(address);

// Where there is room, what is folded for a phone is open.
for (const fold of document.querySelectorAll("[data-wide]")) if (window.matchMedia("(min-width: 60rem)").matches) fold.open = true;

// Lists: j and k move, Enter opens.
// They are looked up each time: the list follows the map.
const rowsNow = () => [...main.querySelectorAll("[data-row]")];
function move(step) {
  const rows = rowsNow();
  if (!rows.length) return;
  const here = rows.findIndex((row) => row.classList.contains("here"));
  rows[here]?.classList.remove("here");
  const at = Math.min(rows.length - 1, Math.max(0, here + step));
  rows[at].classList.add("here");
  rows[at].querySelector("a")?.focus();
  rows[at].scrollIntoView({ block: "nearest" });
}

// x selects what j and k are at, m asks whether two selected are one: nothing is decided yet.
function selected() {
  const row = main.querySelector("[data-row].here");
  if (!row?.dataset.id) return false;
  row.toggleAttribute("data-selected");
  const many = main.querySelectorAll("[data-selected]").length;
  main.querySelector("[data-picked]").textContent = many ? `${many} selected${many === 2 ? "; m compares them" : ""}` : "";
  return true;
}
function merged() {
  const two = [...main.querySelectorAll("[data-selected]")];
  if (two.length !== 2) return false;
  const [one, other] = two.map((row) => encodeURIComponent(row.dataset.id));
  go(`/review?one=${one}&other=${other}`);
  return true;
}

// The matrix: arrows walk its answers, looking is not deciding.
function walk(key) {
  const table = document.getElementById("matrix");
  if (!table) return false;
  const cell = document.activeElement?.closest?.("#matrix td, #matrix th");
  if (!cell) return false;
  const shown = [...table.rows].filter((row) => row.offsetParent !== null);
  let row = shown.indexOf(cell.parentElement);
  let column = cell.cellIndex;
  const steps = { ArrowUp: [-1, 0], ArrowDown: [1, 0], ArrowLeft: [0, -1], ArrowRight: [0, 1] };
  const [down, right] = steps[key];
  for (;;) {
    row += down;
    column += right;
    const next = shown[row]?.cells[column];
    if (!next) return true;
    const link = next.querySelector("a");
    if (link) {
      link.focus();
      return true;
    }
  }
}

// The document: n and p go from mark to mark.
const marks = [...main.querySelectorAll(".paper span[class]")];
let mark = -1;
function mark_(step) {
  if (!marks.length) return;
  marks[mark]?.classList.remove("mark-here");
  mark = (mark + step + marks.length) % marks.length;
  const fold = marks[mark].closest("details");
  if (fold) fold.open = true;
  marks[mark].classList.add("mark-here");
  marks[mark].scrollIntoView({ block: "center" });
}

function opened() {
  const link = main.querySelector("[data-row].here a");
  if (link && document.activeElement === document.body) return follow(link), true;
  return false;
}

function act(name) {
  const [verb, what] = name.split(/:(.*)/s);
  switch (verb) {
    case "search": return document.getElementById("q").focus(), true;
    case "keys": return sheet.showModal(), true;
    case "go": return go(what), true;
    case "csv": return follow(document.querySelector('[data-twin="csv"]')), true;
    case "follow": return follow(document.querySelector('[data-follow], [data-twin="atom"]')), true;
    case "back": return history.back(), true;
    case "next": return move(1), true;
    case "previous": return move(-1), true;
    case "open": return opened();
    case "select": return selected();
    case "merge": return merged();
    case "shape": return follow(document.querySelector(`[data-shape="${what}"]`)), true;
    case "by": return turned();
    case "differing": return document.getElementById("differing")?.click(), true;
    case "document": return follow(document.querySelector(":target [data-document], .strip:focus [data-document]")), true;
    case "mark": return mark_(what === "next" ? 1 : -1), true;
    case "layer": return document.getElementById(`layer-${what}`)?.click(), true;
    case "press": return pressed(what);
    case "add": return added();
    default: return false;
  }
}

// A document: the selected words go into the form that adds an account; nothing is sent yet.
function added() {
  const form = document.getElementById("add");
  if (!form) return false;
  const selected = window.getSelection().toString().trim();
  form.open = true;
  if (selected) form.querySelector('[name="quote"]').value = selected;
  form.querySelector(selected ? '[name="name"]' : '[name="quote"]').focus();
  return true;
}

// Review: a key presses the button or follows the link that bears it; "c" goes to the first field to correct.
function pressed(what) {
  const wanted = main.querySelector(`[data-press="${what}"]`);
  if (!wanted) return false;
  if (wanted.matches("input, select")) wanted.focus();
  else wanted.click();
  return true;
}

// v: from voices to outlets to documents and round again.
function turned() {
  const columns = [...document.querySelectorAll("[data-by]")];
  const now = columns.findIndex((link) => link.hasAttribute("aria-current"));
  follow(columns[(now + 1) % columns.length]);
  return true;
}

let before = "";
let when = 0;
document.addEventListener("keydown", (event) => {
  if (!on.checked || event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return;
  if (event.target.closest?.("input:not([type=checkbox]), textarea, select, [contenteditable]") || sheet.open) return;
  if (event.key.startsWith("Arrow")) {
    if (walk(event.key)) event.preventDefault();
    return;
  }
  const two = event.timeStamp - when < LONG ? `${before} ${event.key}` : "";
  before = event.key;
  when = event.timeStamp;
  const name = acts.get(two) ?? acts.get(event.key);
  if (name && act(name)) event.preventDefault();
});

// Alt-click on a value excludes it.
main.addEventListener("click", (event) => {
  const link = event.target.closest("[data-exclude]");
  if (!link || !event.altKey) return;
  event.preventDefault();
  go(link.dataset.exclude);
});

// Words named only behind the hash are marked by the server, which does not see it.
const asked = /^#c=(\d+-\d+)$/.exec(decodeURIComponent(window.location.hash));
if (main.dataset.page === "document" && asked && !document.getElementById(`c=${asked[1]}`)) {
  window.location.replace(`?c=${asked[1]}#c=${asked[1]}`);
}
// A link to an answer puts the focus there as well, so that reading goes on from it.
window.addEventListener("hashchange", () => document.querySelector(":target[tabindex]")?.focus());
