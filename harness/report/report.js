"use strict";
// Filters, sorting, drill-down and replay. All text goes in by textContent: answers are hostile.
// Views live in the hash:  #/?mode=..   #/attempts?task=..&model=..&size=..   #/attempt/KEY/STEP

const SHOWN_AT_ONCE = 200, LONGEST_SHOWN = 50000, PLAY_MS = 650;
const UNSEEN = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200e\u200f\u202a-\u202e\u2066-\u2069]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/g;
const FILTERS = ["task", "variant", "mode", "model"];
const index = JSON.parse(document.getElementById("index").textContent);
const columns = index.attempts;
const familyOf = {};
for (const [family, [, ...outcomes]] of Object.entries(index.families)) for (const outcome of outcomes) familyOf[outcome] = family;

const $ = (id) => document.getElementById(id);
const seen = (text) => String(text).replace(UNSEEN, (c) => "\\u" + c.charCodeAt(0).toString(16).padStart(4, "0"));
const number = (n) => (typeof n === "number" ? n.toLocaleString("en", { maximumSignificantDigits: 15 }) : n ?? "");

function el(name, attributes, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes || {})) {
    if (key.startsWith("on")) made.addEventListener(key.slice(2), value);
    else if (value === true) made.setAttribute(key, "");
    else if (value !== false && value != null) made.setAttribute(key, value);
  }
  for (const child of children.flat()) if (child != null) made.append(child instanceof Node ? child : seen(child));
  return made;
}

// ---- attempts -------------------------------------------------------------------------------------------------------

function attempt(i) {
  const [task, variant, mode, model] = index.series[columns.series[i]];
  const named = (name) => index.names[name][columns[name][i]];
  const outcome = named("outcome");
  return {
    i, task, variant, mode, model, outcome, detail: named("detail"), marked: named("infeasible"),
    ended: familyOf[outcome], key: columns.key[i], size: columns.size[i], seed: columns.seed[i],
    repeat: columns.repeat[i], legal: columns.legal_moves[i], fewest: columns.fewest_moves[i],
    illegal: columns.first_illegal[i], off: columns.first_off_path[i], tokens: columns.output_tokens[i],
    cost: columns.cost_usd[i],
  };
}

function matching(chosen) {
  const found = [];
  for (let i = 0; i < columns.key.length; i++) {
    const one = attempt(i);
    if (FILTERS.concat("ended").every((name) => !chosen.get(name) || chosen.get(name) === one[name]) &&
        (!chosen.get("size") || chosen.get("size") === String(one.size)) &&
        (chosen.get("marked") !== "no" || !one.marked)) found.push(one);
  }
  return found;
}

const chunks = new Map();
function chunk(number) {
  if (!chunks.has(number)) chunks.set(number, inflate($("chunk-" + number).textContent));
  return chunks.get(number);
}

async function inflate(text) {
  const bytes = Uint8Array.from(atob(text), (c) => c.charCodeAt(0));
  const stream = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return JSON.parse(await new Response(stream).text());
}

// ---- routes and filters ---------------------------------------------------------------------------------------------

let scrolled = 0;
function route() {
  const [, view, rest, , query] = /^#\/([a-z]*)(?:\/([^?]*))?(\?(.*))?$/.exec(location.hash) || ["", null];
  const chosen = new URLSearchParams(query || "");
  const drilled = view === "attempts" || view === "attempt";
  if (!$("overview").hidden && drilled) scrolled = window.scrollY;
  stop();
  $("overview").hidden = drilled;
  $("drill").hidden = !drilled;
  if (view === "attempt") {
    const [key, step] = rest.split("/");
    return showAttempt(decodeURIComponent(key), step);
  }
  current = null;
  for (const select of $("filters").querySelectorAll("select")) select.value = chosen.get(select.name) || "";
  for (const select of $("filters").querySelectorAll("select")) if (chosen.get(select.name) && !select.value) {
    select.append(el("option", { value: chosen.get(select.name) }, chosen.get(select.name)));
    select.value = chosen.get(select.name);
  }
  $("filters").hidden = false;
  if (view === "attempts") return showAttempts(chosen);
  filterOverview(chosen);
  const target = view === null && location.hash.length > 1 ? $(decodeURIComponent(location.hash.slice(1))) : null;
  if (target) target.scrollIntoView();
  else window.scrollTo(0, scrolled);
}

function filterOverview(chosen) {
  const hides = (of) => FILTERS.some((name) => chosen.get(name) && of.dataset[name] !== undefined && of.dataset[name] !== chosen.get(name));
  for (const of of document.querySelectorAll("#overview [data-task], #overview [data-model]")) of.toggleAttribute("data-hidden", hides(of));
  for (const section of document.querySelectorAll("#overview section")) {
    const panels = [...section.querySelectorAll(".panel")];
    for (const panel of panels) {
      const lines = [...panel.querySelectorAll("g[data-model]")];
      if (lines.length && lines.every((line) => line.hasAttribute("data-hidden"))) panel.setAttribute("data-hidden", "");
    }
    section.querySelector(".none").hidden = !panels.length || panels.some((panel) => !panel.hasAttribute("data-hidden"));
  }
  const rows = [...document.querySelectorAll("#board tbody tr")];
  const hidden = rows.filter((row) => row.hasAttribute("data-hidden")).length;
  const incomplete = rows.filter((row) => row.classList.contains("flagged") && !row.hasAttribute("data-hidden")).length;
  $("count").textContent = `${rows.length - hidden} of ${rows.length} rows shown, ${hidden} hidden` + (incomplete ? `, ${incomplete} incomplete` : "");
  $("matching").href = "#/attempts?" + chosen;
  $("matching").textContent = "list the attempts";
}

function choose() {
  const list = location.hash.startsWith("#/attempts");
  const chosen = new URLSearchParams(list ? location.hash.split("?")[1] || "" : "");
  for (const select of $("filters").querySelectorAll("select")) {
    if (select.value) chosen.set(select.name, select.value);
    else chosen.delete(select.name);
  }
  location.replace("#/" + (list || chosen.get("ended") ? "attempts" : "") + "?" + chosen);
}

// ---- tables ---------------------------------------------------------------------------------------------------------

function compare(a, b) {
  const x = Number(a), y = Number(b);
  return a !== "" && b !== "" && !isNaN(x) && !isNaN(y) ? x - y : String(a).localeCompare(String(b), "en", { numeric: true });
}

function sortable(table, resort) {
  table.querySelectorAll("thead th").forEach((th, place) => {
    const button = el("button", { type: "button", onclick: () => {
      const down = th.getAttribute("aria-sort") === "ascending";
      table.querySelectorAll("thead th").forEach((other) => other.removeAttribute("aria-sort"));
      th.setAttribute("aria-sort", down ? "descending" : "ascending");
      resort(place, down ? -1 : 1);
    } }, th.textContent);
    th.replaceChildren(button);
  });
}

const LISTED = [
  ["task", (a) => a.task], ["variant", (a) => a.variant], ["mode", (a) => a.mode], ["model", (a) => a.model],
  ["size", (a) => a.size], ["seed", (a) => a.seed], ["repeat", (a) => a.repeat],
  ["ended", (a) => a.outcome], ["detail", (a) => [a.detail, a.marked && `marked: ${a.marked}`].filter(Boolean).join(", ")],
  ["legal moves", (a) => a.legal], ["fewest", (a) => a.fewest], ["first wrong", (a) => a.off ?? a.illegal],
  ["tokens", (a) => a.tokens], ["US$", (a) => (a.cost == null ? null : Number(a.cost.toPrecision(3)))],
];
let listed = [];

function showAttempts(chosen) {
  listed = matching(chosen);
  let shown = SHOWN_AT_ONCE;
  const used = LISTED.filter(([, value]) => listed.some((one) => value(one) != null && value(one) !== ""));
  const body = el("tbody"), more = el("button", { type: "button", onclick: () => { shown += SHOWN_AT_ONCE; fill(); } });
  const fill = () => {
    body.replaceChildren(...listed.slice(0, shown).map((one) => el("tr", { class: "r-" + one.ended },
      used.map(([name, value], place) => el("td", { class: typeof value(one) === "number" ? "number" : null },
        name === "ended" ? el("a", { href: "#/attempt/" + one.key }, one.outcome) : number(value(one)))))));
    more.hidden = shown >= listed.length;
    more.textContent = `show more (${number(listed.length - Math.min(shown, listed.length))} are not shown)`;
  };
  const table = el("table", { class: "sortable" }, el("thead", {}, el("tr", {}, used.map(([name]) => el("th", { scope: "col" }, name)))), body);
  sortable(table, (place, way) => {
    const value = used[place][1];
    listed.sort((a, b) => way * compare(value(a) ?? "", value(b) ?? ""));
    fill();
  });
  fill();
  const hidden = columns.key.length - listed.length;
  $("count").textContent = `${number(listed.length)} of ${number(columns.key.length)} attempts, ${number(hidden)} hidden`;
  $("matching").href = "#/?" + new URLSearchParams(FILTERS.filter((name) => chosen.get(name)).map((name) => [name, chosen.get(name)]));
  $("matching").textContent = "back to the charts";
  const what = [...chosen].filter(([name]) => name !== "marked").map(([name, value]) => `${name} ${value}`).join(", ");
  $("drill").replaceChildren(el("h2", {}, "Attempts"), what && el("p", { class: "reading" }, what + (chosen.get("marked") === "no" ? "; marked cells left out" : "")),
    el("div", { class: "wide" }, table), more);
  window.scrollTo(0, 0);
}

// ---- one attempt ----------------------------------------------------------------------------------------------------

let current = null;

async function showAttempt(key, step) {
  if (current && current.key === key) return current.go && current.go(Number(step || 0));
  $("filters").hidden = true;
  const i = columns.key.indexOf(key);
  current = { key };
  if (i < 0) return $("drill").replaceChildren(el("p", {}, `There is no attempt ${key} in this file.`));
  const one = attempt(i), whole = await chunk(Math.floor(i / index.chunk)), entry = whole.attempts[i % index.chunk];
  if (!current || current.key !== key) return;
  const same = new URLSearchParams({ task: one.task, variant: one.variant, mode: one.mode, model: one.model, size: one.size });
  const place = listed.findIndex((other) => other.key === key);
  const beside = (way, label) => place >= 0 && listed[place + way] ? el("a", { href: "#/attempt/" + listed[place + way].key, rel: way > 0 ? "next" : "prev" }, label) : null;
  const parts = [
    el("p", { class: "trail" }, el("a", { href: "#/" }, "report"), " › ", el("a", { id: "up", href: "#/attempts?" + same }, "attempts"),
      " › ", el("bdi", {}, one.model), el("span", { class: "beside" }, beside(-1, "‹ previous"), " ", beside(1, "next ›"))),
    el("h2", {}, `${one.task}, size ${one.size}`),
    el("p", { class: "reading" }, `${one.variant} · ${one.mode} · seed ${one.seed} · repeat ${one.repeat}`),
    el("p", { class: "outcome r-" + one.ended }, el("strong", {}, one.outcome), one.detail ? ` (${one.detail})` : "",
      one.marked ? `; in no rate: marked ${one.marked}` : ""),
  ];
  if (!entry) parts.push(el("p", {}, "The transcript of this attempt was left out of this file."));
  else {
    if (entry.verdict.reason) parts.push(el("p", {}, entry.verdict.reason));
    if (entry.replay) parts.push(replay(entry.replay, whole.scenes, one, Number(step || 0)));
    else if (entry.program) parts.push(el("p", { class: "hint" }, "There is no replay: what a program returned is not stored."));
    if (entry.program) parts.push(folded("Extracted program", entry.program, true));
    parts.push(folded("Prompt", whole.prompts[entry.prompt], false));
    if (entry.reasoning) parts.push(folded("Reasoning", entry.reasoning, false));
    if (entry.turns) entry.turns.forEach((turn, t) => parts.push(folded(`Turn ${t + 1}`, turn, false)));
    parts.push(folded("Answer", entry.text, true));
    if (entry.replay && entry.replay.moves.length) parts.push(folded("Extracted moves", moves(entry.replay), false));
    parts.push(el("details", {}, el("summary", {}, "Verdict"), el("div", { class: "wide" }, el("table", {}, el("tbody", {},
      Object.entries(entry.verdict).map(([name, value]) => el("tr", {}, el("th", { scope: "row" }, name),
        el("td", {}, typeof value === "object" ? JSON.stringify(value) : String(value)))))))));
  }
  $("drill").replaceChildren(...parts);
  if (current.go) current.go(current.step);
  window.scrollTo(0, 0);
}

function moves(replay) {
  const lines = replay.moves.map((move, m) => `${m < HEAD(replay) ? m + 1 : m + 1 + replay.left_out}  ${move}`);
  if (replay.left_out) lines.splice(HEAD(replay), 0, `... ${number(replay.left_out)} moves ...`);
  if (replay.refused) lines.push(`${replay.refused.number}  ${replay.refused.move}   <- refused`);
  return lines.join("\n");
}

const HEAD = (replay) => (replay.left_out ? replay.moves.length / 2 : replay.moves.length);

function folded(title, text, open) {
  const cut = text.length > LONGEST_SHOWN;
  const pre = el("pre", { tabindex: "0", "aria-label": title }, text ? text.slice(0, LONGEST_SHOWN) : "(nothing)");
  const all = cut ? el("button", { type: "button", onclick: () => { pre.textContent = seen(text); all.remove(); } },
    `show all ${number(text.length)} characters (${number(text.length - LONGEST_SHOWN)} are not shown)`) : null;
  return el("details", { open }, el("summary", {}, title), pre, all);
}

// ---- replay ---------------------------------------------------------------------------------------------------------

let playing = null;
function stop() {
  clearInterval(playing);
  playing = null;
}

function replay(data, scenes, one, wanted) {
  const last = data.moves.length + (data.refused ? 1 : 0);
  const parsed = new Map();
  const scene = (s) => {
    const at = data.scenes[Math.min(s, data.scenes.length - 1)];
    if (!parsed.has(at)) parsed.set(at, JSON.parse(scenes[at]));
    return parsed.get(at);
  };
  const numbered = (s) => (s <= HEAD(data) ? s : s + data.left_out);
  const stage = el("div", { class: "stage" }), told = el("output", { class: "told", "aria-live": "polite" });
  const slider = el("input", { type: "range", min: 0, max: last, value: 0, "aria-label": "step", oninput: () => go(Number(slider.value), true) });
  const button = (label, title, act) => el("button", { type: "button", title, "aria-label": title, onclick: act }, label);
  const play = button("play", "play or pause (space)", () => (playing ? pause() : start()));
  const picture = painter(data.drawn_as, stage);
  const pause = () => { stop(); play.textContent = "play"; remember(); };
  const remember = () => location.replace(`#/attempt/${one.key}/${current.step}`);
  const start = () => {
    if (current.step >= last) go(0);
    play.textContent = "pause";
    playing = setInterval(() => (current.step >= last ? pause() : go(current.step + 1)), last > 60 ? Math.max(40, 20000 / last) : PLAY_MS);
  };
  function go(step, byHand) {
    step = Math.max(0, Math.min(last, Number.isFinite(step) ? step : 0));
    if (byHand && playing) { stop(); play.textContent = "play"; }
    const refused = data.refused && step === last ? data.refused : null;
    picture(scene(step), step > 0 && !refused ? scene(step - 1) : null, refused);
    current.step = step;
    slider.value = step;
    stage.classList.toggle("refused", Boolean(refused));
    const wrong = one.off != null && numbered(step) >= one.off && !refused ? `; off every shortest path since move ${number(one.off)}` : "";
    told.textContent = seen(refused ? `✗ move ${number(refused.number)}, ${refused.move}: ${refused.reason}`
      : step === 0 ? `start; ${number(last + data.left_out)} moves follow`
      : `move ${number(numbered(step))} of ${number(last + data.left_out)}: ${data.moves[step - 1]}` + wrong +
        (step === last ? ` (end: ${one.outcome})` : "") +
        (data.left_out && step === HEAD(data) ? `; the next ${number(data.left_out)} moves are left out` : ""));
    if (byHand) remember();
  }
  const step = (s) => go(s, true);
  Object.assign(current, { go, step: wanted, keys: {
    ArrowRight: () => step(current.step + 1), ArrowLeft: () => step(current.step - 1),
    Home: () => step(0), End: () => step(last), " ": () => play.click(),
  } });
  return el("figure", { class: "replay" }, stage, told,
    el("div", { class: "controls" }, button("|◀", "start (Home)", () => step(0)), button("◀", "one move back (left arrow)", () => step(current.step - 1)), play,
      button("▶", "one move on (right arrow)", () => step(current.step + 1)), button("▶|", data.refused ? "to the refused move (End)" : "to the end (End)", () => step(last)), slider),
    one.variant.includes(".") ? el("figcaption", { class: "hint" }, "Drawn in the names of the bare puzzle; moves are as the answer has them.") : null);
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || /^(INPUT|SELECT|TEXTAREA|PRE)$/.test(event.target.tagName)) return;
  if (event.key === "Escape" && $("up")) location.hash = $("up").getAttribute("href");
  else if (event.key === " " && /^(BUTTON|SUMMARY|A)$/.test(event.target.tagName)) return;
  else if (current && current.keys && current.keys[event.key]) {
    event.preventDefault();
    current.keys[event.key]();
  }
});

// ---- drawing: one layout a kind, each a list of things with places that are then moved ------------------------------
// A layout gives {width, height, ground: [[tag, attributes, text?]...], things: [{key, x, y, w, h, label, kind}...]}

const short = (value) => { const text = value == null ? "" : typeof value === "string" ? value : JSON.stringify(value); return text.length > 14 ? text.slice(0, 13) + "…" : text; };
const entries = (scene) => (Array.isArray(scene) ? scene.map((stack, s) => [s, stack]) : Object.entries(scene)).map(([name, stack]) => [name, Array.isArray(stack) ? stack : stack == null ? [] : [stack]]);

function counted() {
  const times = new Map();
  return (name) => { const n = times.get(name) || 0; times.set(name, n + 1); return name + "#" + n; };
}

function pegs(scene) {
  const stacks = entries(scene), all = stacks.flatMap(([, stack]) => stack), key = counted();
  const sizes = [...new Set(all.filter((disk) => typeof disk === "number"))].sort((a, b) => a - b);
  const each = Math.max(90, Math.min(190, 640 / Math.max(1, stacks.length))), high = Math.max(5, Math.min(24, 230 / Math.max(1, all.length)));
  const floor = 24 + high * (all.length + 1), width = each * stacks.length;
  const wide = (disk) => 26 + (each - 42) * (Math.max(0, sizes.indexOf(disk)) + 1) / Math.max(1, sizes.length);
  const ground = [["rect", { class: "wood", x: 4, y: floor, width: width - 8, height: 6, rx: 3 }]];
  const things = [];
  stacks.forEach(([name, stack], s) => {
    const middle = each * (s + 0.5);
    ground.push(["rect", { class: "wood", x: middle - 3, y: 16, width: 6, height: floor - 16, rx: 3 }], ["text", { class: "place", x: middle, y: floor + 24 }, short(name)]);
    stack.forEach((disk, d) => things.push({ key: key(String(disk)), name: String(disk), x: middle - wide(disk) / 2, y: floor - high * (d + 1), w: wide(disk), h: high - 1.5, label: high > 11 ? short(disk) : "", rank: sizes.indexOf(disk) }));
  });
  return { width, height: floor + 32, ground, things };
}

function stacks(scene) {
  const all = entries(scene), count = all.reduce((sum, [, stack]) => sum + stack.length, 0), key = counted();
  const w = 20 + 8 * Math.max(2, ...all.flatMap(([, stack]) => stack.map((name) => short(name).length))), h = Math.max(12, Math.min(34, 260 / Math.max(1, count)));
  const each = w + 40, floor = 10 + h * count, ground = [], things = [];
  all.forEach(([name, stack], s) => {
    const middle = each * (s + 0.5);
    ground.push(["rect", { class: "wood", x: middle - each / 2 + 8, y: floor, width: each - 16, height: 5, rx: 2 }], ["text", { class: "place", x: middle, y: floor + 22 }, short(name)]);
    stack.forEach((block, b) => things.push({ key: key(String(block)), name: String(block), x: middle - w / 2, y: floor - h * (b + 1), w, h: h - 2, label: short(block) }));
  });
  return { width: each * Math.max(1, all.length), height: floor + 30, ground, things };
}

function line(scene) {
  const w = Math.max(38, 16 + 8.5 * Math.max(1, ...scene.map((cell) => short(cell).length))), per = Math.max(1, Math.floor(700 / w)), key = counted();
  const ground = [], things = [], at = (c) => [w * (c % per), 64 * Math.floor(c / per)];
  scene.forEach((cell, c) => {
    const [x, y] = at(c);
    ground.push(["rect", { class: "cell", x: x + 2, y: y + 4, width: w - 4, height: 38, rx: 4 }], ["text", { class: "place", x: x + w / 2, y: y + 56 }, String(c)]);
    if (cell != null) things.push({ key: key(String(cell)), name: String(cell), place: c, x: x + 5, y: y + 7, w: w - 10, h: 32, label: short(cell), round: true });
  });
  return { width: w * Math.min(per, Math.max(1, scene.length)), height: 64 * Math.ceil(scene.length / per), ground, things };
}

function river(scene) {
  const everybody = [...scene.left, ...scene.right].map(String).sort((a, b) => a.localeCompare(b, "en", { numeric: true }));
  const w = Math.max(44, 16 + 8.5 * Math.max(1, ...everybody.map((name) => short(name).length)));
  const per = Math.max(1, Math.min(3, Math.floor(250 / w))), rows = Math.max(2, Math.ceil(everybody.length / per));
  const bank = per * (w + 6) + 18, water = 170, height = 40 + rows * 40;
  const ground = [
    ["rect", { class: "bank", x: 0, y: 24, width: bank, height: height - 24, rx: 6 }], ["rect", { class: "bank", x: bank + water, y: 24, width: bank, height: height - 24, rx: 6 }],
    ["rect", { class: "water", x: bank, y: 24, width: water, height: height - 24 }], ["text", { class: "place", x: bank / 2, y: 16 }, "left"], ["text", { class: "place", x: bank * 1.5 + water, y: 16 }, "right"],
  ];
  const things = [];
  for (const [side, x0] of [["left", 0], ["right", bank + water]]) for (const name of scene[side].map(String)) {
    const slot = everybody.indexOf(name);
    things.push({ key: name, name, x: x0 + 10 + (slot % per) * (w + 6), y: 34 + Math.floor(slot / per) * 40, w, h: 30, label: short(name), rank: Number((/\d+$/.exec(name) || [0])[0]), round: true });
  }
  things.push({ key: "(boat)", name: "", x: scene.boat === "right" ? bank + water - 76 : bank + 8, y: 24 + (height - 24) / 2 - 13, w: 68, h: 26, label: "boat", kind: "boat" });
  return { width: 2 * bank + water, height, ground, things };
}

function table(scene) {
  const rows = Array.isArray(scene) ? scene.map((row) => (Array.isArray(row) ? row : [row])) : entries(scene).map(([name, row]) => [name, ...row]);
  const most = Math.max(1, ...rows.map((row) => row.length)), wide = [...Array(most).keys()].map((c) => 18 + 8 * Math.max(1, ...rows.map((row) => short(row[c]).length)));
  const left = wide.map((_, c) => wide.slice(0, c).reduce((sum, w) => sum + w, 0)), things = [], total = wide.reduce((sum, w) => sum + w, 0);
  const per = Math.min(rows.length, Math.max(12, Math.ceil(rows.length / Math.max(1, Math.floor(700 / (total + 14))))));
  rows.forEach((row, r) => row.forEach((cell, c) => things.push({ key: r + "," + c, name: String(row[0]), x: left[c] + (total + 14) * Math.floor(r / per), y: 28 * (r % per) + 2, w: wide[c] - 3, h: 25, label: short(cell), kind: "field" + (cell === "on" || cell === true ? " lit" : "") })));
  return { width: (total + 14) * Math.ceil(rows.length / Math.max(1, per)), height: 28 * per + 4, ground: [], things };
}

const LAYOUTS = { pegs, stacks, line, river, table };

function painter(kind, stage) {
  const svg = (name, attributes, text) => {
    const made = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes || {})) made.setAttribute(key, value);
    if (text !== undefined) made.textContent = seen(text);
    return made;
  };
  const drawn = new Map(), ground = svg("g"), things = svg("g"), root = svg("svg", { class: "scene", role: "img" });
  root.append(ground, things);
  return (scene, before, refused) => {
    let layout;
    try { layout = LAYOUTS[kind](scene); } catch (fault) { stage.replaceChildren(el("pre", {}, JSON.stringify(scene))); return; }
    if (!root.isConnected) stage.replaceChildren(root);
    const was = new Map((before !== null ? LAYOUTS[kind](before).things : layout.things).map((thing) => [thing.key, thing]));
    root.setAttribute("viewBox", `0 0 ${layout.width} ${layout.height}`);
    root.setAttribute("aria-label", JSON.stringify(scene));
    root.style.maxWidth = Math.max(160, layout.width) + "px";
    ground.replaceChildren(...layout.ground.map((each) => svg(...each)));
    for (const [key, made] of drawn) if (!layout.things.some((thing) => thing.key === key)) { made.remove(); drawn.delete(key); }
    for (const thing of layout.things) {
      if (!drawn.has(thing.key)) {
        const made = svg("g");
        made.append(svg("rect"), svg("text"));
        drawn.set(thing.key, made);
        things.append(made);
      }
      const made = drawn.get(thing.key), [box, label] = made.children, old = was.get(thing.key);
      const moved = !old || old.x !== thing.x || old.y !== thing.y || old.label !== thing.label;
      const named = refused && (refused.names.includes(thing.name) || refused.places.includes(thing.place));
      made.setAttribute("class", `thing ${thing.kind || "t" + (thing.rank !== undefined ? thing.rank % 2 : 0)}${moved ? " moved" : ""}${named ? " named" : ""}`);
      made.style.transform = `translate(${thing.x}px, ${thing.y}px)`;
      for (const [name, value] of [["width", thing.w], ["height", thing.h], ["rx", thing.round ? 14 : Math.min(5, thing.h / 3)]]) box.setAttribute(name, value);
      label.setAttribute("x", thing.w / 2);
      label.setAttribute("y", thing.h / 2 + 4.5);
      label.textContent = seen(thing.label);
    }
  };
}

// ---- begin ----------------------------------------------------------------------------------------------------------

const board = $("board");
if (board) sortable(board, (place, way) => {
  const body = board.tBodies[0];
  body.append(...[...body.rows].sort((a, b) => way * compare(a.cells[place].dataset.v, b.cells[place].dataset.v)));
});
$("filters").addEventListener("change", choose);
$("clear").addEventListener("click", () => location.replace(location.hash.startsWith("#/attempts") ? "#/attempts" : "#/"));
window.addEventListener("hashchange", route);
document.documentElement.classList.add("scripted");
route();
