// The map beside a list: where its incidents were. What is known as an area is drawn as one; only points are dots.
// The address is the state: moving the map changes it, and the list with it; Back leads back.
import "/static/vendor/leaflet/leaflet.js";

const L = window.L;
const MOST = 1000; // incidents on a map, as many as a list gives at once
const CROWDED = 34; // pixels between two markers, below which they are one
const PATIENCE = 350; // milliseconds that a map stands still before the list follows it
const CLOSEST = 11;
const UNDER = 20; // pixels from a town to the middle of its name below
const WORLD = [[-62, -170], [76, 180]];

const atlas = document.querySelector("[data-map]");
const narrows = atlas?.hasAttribute("data-narrows");
const told = atlas?.querySelector("[data-told]");
const chosen = atlas?.querySelector("[data-chosen]");
let map;
let quiet = true; // while the map is moved by this script, not by its reader
let spots = [];
let marks = []; // the spots as they are marked, some of them together
let names = [];
let asking; // what of the list and of the labels is still on its way
let naming;
const layers = {};

const text = (tag, words, given = {}) => Object.assign(document.createElement(tag), { textContent: words }, given);
const many = (number, noun) => `${number.toLocaleString("en")} ${noun}${number === 1 ? "" : "s"}`;
const json = async (address, signal) => {
  const answer = await fetch(address, { signal });
  if (!answer.ok) throw new Error(`${address}: ${answer.status}`);
  return answer.json();
};

// Lists of whole numbers, a point and then steps, as lines of degrees.
function lines(several, grid) {
  return several.map((steps) => {
    let [x, y] = [0, 0];
    const line = [];
    for (let i = 0; i < steps.length; i += 2) {
      x += steps[i];
      y += steps[i + 1];
      line.push([y / grid, x / grid]);
    }
    return line;
  });
}

async function drawLand() {
  const { grid, land, borders } = await json("/static/outlines.json");
  const plain = { interactive: false, smoothFactor: 0.8, pane: "land" };
  const rings = lines(land, grid);
  // What runs on past 180° is drawn on the left side of the map as well.
  const past = rings.filter((ring) => ring.some(([, lon]) => lon > 180));
  const again = past.map((ring) => ring.map(([lat, lon]) => [lat, lon - 360]));
  L.polygon([...rings, ...again], { ...plain, className: "land" }).addTo(map);
  L.polyline(lines(borders, grid), { ...plain, className: "borders" }).addTo(map);
}

// GeoJSON puts longitude first. A ring of an area has its point in the middle; kilometres from there to its edge.
const turned = ([lon, lat]) => [lat, lon];
function middle(ring) {
  const box = L.latLngBounds(ring);
  return { at: box.getCenter(), km: Math.round((box.getNorth() - box.getSouth()) * 55.6), ring };
}
function placed(feature) {
  const { type, coordinates } = feature.geometry;
  switch (type) {
    case "Point": return [{ at: L.latLng(turned(coordinates)) }];
    case "MultiPoint": return coordinates.map((point) => ({ at: L.latLng(turned(point)) }));
    case "Polygon": return [middle(coordinates[0].map(turned))];
    case "MultiPolygon": return coordinates.map(([ring]) => middle(ring.map(turned)));
    default: return [];
  }
}

function title({ label, place, earliest, latest }) {
  const days = !earliest ? "" : latest && latest !== earliest ? `${earliest} to ${latest}` : earliest;
  return [label, place, days].filter(Boolean).join(", ");
}

// Markers that would stand on each other are one, at the place of the first of them.
function groups() {
  const found = [];
  for (const spot of spots) {
    const point = map.latLngToLayerPoint(spot.at);
    const near = found.find((group) => group.point.distanceTo(point) < CROWDED);
    if (near) near.spots.push(spot);
    else found.push({ point, at: spot.at, spots: [spot] });
  }
  return found;
}

function marker(group) {
  const features = [...new Set(group.spots.map((spot) => spot.feature))];
  const [{ properties }] = features;
  const area = group.spots.every((spot) => spot.ring);
  const one = features.length === 1;
  const button = text("button", one ? "" : String(features.length), { type: "button" });
  button.className = `mark ${one ? (area ? "area" : "dot") : area ? "many area" : "many"}`;
  const where = area ? `, somewhere within ${many(group.spots[0].km, "kilometre")}` : "";
  button.setAttribute("aria-label", one ? title(properties) + where : `${many(features.length, "incident")} around ${properties.place}`);
  button.title = button.getAttribute("aria-label");
  button.addEventListener("click", () => show(features, button));
  L.DomEvent.disableClickPropagation(button);
  const icon = L.divIcon({ html: button, className: "holder", iconSize: [28, 28] });
  return L.marker(group.at, { icon, keyboard: false, interactive: false });
}

// What a marker stands for, below the map, with links.
function show(features, button) {
  const links = features.map(({ properties }) => {
    const line = document.createElement("li");
    line.append(text("a", title(properties), { href: `/incident/${encodeURIComponent(properties.id)}` }));
    line.append(text("span", ` ${many(properties.voices, "voice")}, ${many(properties.documents, "document")}`, { className: "quiet" }));
    return line;
  });
  const list = document.createElement("ul");
  list.append(...links);
  chosen.replaceChildren(list);
  chosen.hidden = false;
  chosen.onkeydown = (event) => {
    if (event.key !== "Escape") return;
    event.preventDefault();
    chosen.hidden = true;
    (button.isConnected ? button : map.getContainer()).focus();
  };
  links[0].querySelector("a").focus();
}

function drawMarkers() {
  layers.markers.clearLayers();
  marks = groups();
  for (const group of marks) layers.markers.addLayer(marker(group));
}

function drawAreas() {
  layers.areas.clearLayers();
  const rings = new Map(spots.filter((spot) => spot.ring).map((spot) => [`${spot.at} ${spot.km}`, spot]));
  for (const { ring } of [...rings.values()].sort((a, b) => b.km - a.km)) {
    layers.areas.addLayer(L.polygon(ring, { className: "reach", interactive: false, smoothFactor: 0 }));
  }
}

// Names of towns, the largest first; one that has no room beside the markers and the larger ones is left out.
function drawNames() {
  layers.names.clearLayers();
  const taken = marks.map(({ at }) => ({ ...map.latLngToLayerPoint(at), half: 14, high: 18 }));
  for (const { name, lat, lon } of names) {
    const { x, y } = map.latLngToLayerPoint([lat, lon]);
    const label = { x, y: y + UNDER, half: name.length * 3.4 + 5, high: 16 };
    const meets = (other) => Math.abs(other.x - x) < other.half + label.half && Math.abs(other.y - label.y) < other.high;
    if (taken.some(meets)) continue;
    taken.push(label);
    const icon = L.divIcon({ html: text("span", name), className: "town", iconSize: [0, 0] });
    layers.names.addLayer(L.marker([lat, lon], { icon, interactive: false, keyboard: false, pane: "names" }));
  }
}

async function learnNames() {
  naming?.abort();
  naming = new AbortController();
  ({ labels: names } = await json(`/labels.json?bbox=${box()}`, naming.signal));
  drawNames();
}

// The stretch of the map in sight, as an address has it.
function box() {
  const bounds = map.getBounds();
  const digits = map.getZoom() < 7 ? 2 : 3;
  const wide = bounds.getEast() - bounds.getWest() >= 360;
  const lon = (degrees) => L.Util.wrapNum(degrees, [-180, 180], true).toFixed(digits);
  const lat = (degrees) => Math.min(90, Math.max(-90, degrees)).toFixed(digits);
  const [west, east] = wide ? ["-180", "180"] : [lon(bounds.getWest()), lon(bounds.getEast())];
  return [west, lat(bounds.getSouth()), east, lat(bounds.getNorth())].join(",");
}

function fit(bounds) {
  quiet = true;
  map.fitBounds(bounds, { animate: false, maxZoom: 9 });
  quiet = false;
}

// Where the address puts the map: on its own stretch, or around what is listed.
function settle() {
  const asked = new URLSearchParams(window.location.search).get("bbox");
  if (narrows && asked) {
    const [west, south, east, north] = asked.split(",").map(Number);
    return fit([[south, west], [north, east < west ? east + 360 : east]]);
  }
  const around = L.latLngBounds(spots.flatMap((spot) => spot.ring ?? [spot.at]));
  return fit(around.isValid() ? around.pad(0.1) : WORLD);
}

async function load(signal) {
  const address = new URL(document.querySelector("[data-map]").dataset.map, window.location.href);
  if (narrows) address.searchParams.set("limit", MOST);
  const { features } = await json(address, signal);
  const there = features.filter((feature) => feature.geometry);
  spots = there.flatMap((feature) => placed(feature).map((spot) => ({ ...spot, feature })));
  told.textContent = `${features.length === MOST ? "The first " : ""}${many(there.length, "incident")} on this map.`;
}

function draw() {
  drawAreas();
  drawMarkers();
  drawNames();
}

// The list follows: the parts of the page that say what is listed are taken from the page of the new address.
async function follow() {
  asking?.abort();
  asking = new AbortController();
  const { signal } = asking;
  const answer = await fetch(window.location.href, { signal });
  const page = new DOMParser().parseFromString(await answer.text(), "text/html");
  for (const now of document.querySelectorAll("[data-live]")) {
    const next = page.querySelector(`[data-live="${now.dataset.live}"]`);
    if (next) now.replaceWith(next);
  }
  const links = page.querySelectorAll("link[rel=alternate]");
  document.querySelectorAll("link[rel=alternate]").forEach((link, i) => link.setAttribute("href", links[i].getAttribute("href")));
  atlas.dataset.map = page.querySelector("[data-map]").dataset.map;
  await load(signal);
  draw();
}

const excused = (work) => work.catch((error) => {
  if (error.name !== "AbortError") told.textContent = `The map could not be brought up to date: ${error.message}`;
});

let waiting;
function moved() {
  excused(learnNames());
  if (quiet || !narrows) return;
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const address = new URL(window.location.href);
    for (const name of ["near", "cursor", "placed"]) address.searchParams.delete(name);
    address.searchParams.set("bbox", box());
    history.pushState(null, "", address);
    excused(follow());
  }, PATIENCE);
}

function made() {
  const large = atlas.classList.contains("large");
  const still = { zoomAnimation: false, fadeAnimation: false, markerZoomAnimation: false, inertia: false };
  map = L.map(atlas.querySelector("[data-canvas]"), {
    ...still,
    attributionControl: false,
    trackResize: false,
    scrollWheelZoom: large,
    dragging: large || !L.Browser.mobile,
    zoomSnap: 0.5,
    minZoom: 0.5,
    maxZoom: CLOSEST,
    maxBounds: [[-86, -230], [86, 230]],
    maxBoundsViscosity: 1,
    keyboardPanDelta: 120,
  });
  for (const [name, height] of [["land", 200], ["names", 450]]) map.createPane(name).style.zIndex = height;
  map.getPane("names").setAttribute("aria-hidden", "true");
  layers.areas = L.layerGroup().addTo(map);
  layers.names = L.layerGroup().addTo(map);
  layers.markers = L.layerGroup().addTo(map);
  map.setView([30, 30], 2);
  map.on("moveend", moved);
  map.on("zoomend", drawMarkers);
  window.addEventListener("popstate", () => narrows && excused(follow().then(settle)));
  new ResizeObserver(() => {
    const before = quiet;
    quiet = true;
    map.invalidateSize({ animate: false });
    quiet = before;
  }).observe(map.getContainer());
}

async function begin() {
  made();
  await Promise.all([drawLand(), load()]);
  settle();
  draw();
  atlas.dataset.drawn = "";
}

if (atlas) {
  atlas.hidden = false;
  // A map that is not in sight, as beside a list on a phone, costs nothing.
  new IntersectionObserver((seen, observer) => {
    if (!seen.some((one) => one.isIntersecting)) return;
    observer.disconnect();
    excused(begin());
  }).observe(atlas);
}
