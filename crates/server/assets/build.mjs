// Puts the assets together: style sheets joined in the order of their layers, icons as masks among them, scripts and the page's icon copied, each
// under a name that carries a hash of what it holds, and dist/manifest.json saying which name is which.
// Run by `make assets`; needs `npm ci --ignore-scripts` before.
import { createHash } from "node:crypto";
import { mkdir, readFile, readdir, rm, writeFile } from "node:fs/promises";
import { dirname, extname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));
const dist = join(here, "dist");
// The style of drawings belongs to those who draw: it stands in files of their own too.
const drawings = join(here, "../../playbook/src/drawing/drawing.css");
const manifest = {};

async function put(name, text) {
  const hash = createHash("sha256").update(text).digest("hex").slice(0, 10);
  const end = extname(name);
  const served = `${name.slice(0, -end.length)}.${hash}${end}`;
  await mkdir(dirname(join(dist, served)), { recursive: true });
  await writeFile(join(dist, served), text);
  manifest[name] = served;
  return served;
}

// An icon as a mask for `.icon`, which takes the colour of the words beside it; and a thinner one for where it is shown large.
async function icons() {
  const drawn = await readFile(join(here, "icons.svg"), "utf8");
  const mask = (body, width) => {
    const lines = `fill='none' stroke='#000' stroke-width='${width}' stroke-linecap='round' stroke-linejoin='round'`;
    const inside = body.replaceAll('class="fill"', "fill='#000' stroke='none'").replaceAll('"', "'");
    const svg = `<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 16 16' ${lines}>${inside}</svg>`;
    return `url("data:image/svg+xml,${svg.replace(/[%#<>]/g, (sign) => encodeURIComponent(sign))}")`;
  };
  const rule = ([, name, body]) => `.i-${name} { --icon: ${mask(body, 1.5)}; --icon-thin: ${mask(body, 1)}; }`;
  return [...drawn.matchAll(/<symbol id="([\w-]+)" viewBox="0 0 16 16">(.*?)<\/symbol>/g)].map(rule).join("\n");
}

// The layers in order first; then every sheet, each inside its layer.
async function styles() {
  const folder = join(here, "css");
  const rest = (await readdir(folder)).filter((file) => file.endsWith(".css") && file !== "layers.css").sort();
  const sheets = await Promise.all(["layers.css", ...rest].map((file) => readFile(join(folder, file), "utf8")));
  sheets.push(`@layer base {\n${await icons()}\n}`);
  sheets.push(`@layer components {\n${await readFile(drawings, "utf8")}\n}`);
  const joined = sheets.join("\n").replace(/\/\*[\s\S]*?\*\//g, "").replace(/\n\s*/g, "\n").replace(/\n+/g, "\n").trim();
  await put("app.css", `${joined}\n`);
}

// A module names others by "./name.js"; those are put first, so that it can name them by their hashed names.
async function scripts() {
  const folder = join(here, "js");
  const done = new Map();
  const module = async (file, path = []) => {
    if (done.has(file)) return done.get(file);
    if (path.includes(file)) throw new Error(`modules in a circle: ${[...path, file].join(" → ")}`);
    let text = await readFile(join(folder, file), "utf8");
    for (const [, other] of text.matchAll(/from "\.\/([\w-]+\.js)"/g)) {
      const served = await module(other, [...path, file]);
      text = text.replaceAll(`from "./${other}"`, `from "./${served}"`);
    }
    const served = (await put(`js/${file}`, text)).slice("js/".length);
    done.set(file, served);
    return served;
  };
  for (const file of (await readdir(folder)).filter((name) => name.endsWith(".js")).sort()) await module(file);
  await put("htmx.min.js", await readFile(join(here, "node_modules/htmx.org/dist/htmx.min.js"), "utf8"));
}

await rm(dist, { recursive: true, force: true });
await mkdir(dist, { recursive: true });
await styles();
await scripts();
await put("service-worker.js", await readFile(join(here, "worker/service-worker.js"), "utf8"));
await put("icon.svg", await readFile(join(here, "icon.svg"), "utf8"));
const names = Object.fromEntries(Object.entries(manifest).sort(([one], [other]) => (one < other ? -1 : 1)));
await writeFile(join(dist, "manifest.json"), `${JSON.stringify(names, null, 2)}\n`);
console.log(`assets: ${Object.keys(names).length} files in ${dist}`);
