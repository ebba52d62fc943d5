// Files and whole folders, dropped or chosen, sent in groups with real progress; a broken connection is tried again,
// and what has arrived is not sent twice. Without this the form still works as a plain one.
const MAX_ENTRIES = 20000;
const GROUP_FILES = 20;
const GROUP_BYTES = 20e6;
const HASHED_BYTES = 25e6;
const TRIES = 4;

async function walk(entry, path, found) {
  if (found.length >= MAX_ENTRIES) return;
  if (entry.isFile) {
    const file = await new Promise((resolve, reject) => entry.file(resolve, reject));
    found.push([file, path + file.name]);
    return;
  }
  const reader = entry.createReader();
  for (;;) {
    const batch = await new Promise((resolve, reject) => reader.readEntries(resolve, reject));
    if (!batch.length) return;
    for (const child of batch) await walk(child, `${path}${entry.name}/`, found);
  }
}

async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  if (!entries.length) return [...transfer.files].map((file) => [file, file.name]);
  const found = [];
  for (const entry of entries) await walk(entry, "", found);
  return found;
}

function grouped(chosen) {
  const groups = [];
  let group = [], bytes = 0;
  for (const pair of chosen) {
    if (group.length && (group.length >= GROUP_FILES || bytes + pair[0].size > GROUP_BYTES)) { groups.push(group); group = []; bytes = 0; }
    group.push(pair);
    bytes += pair[0].size;
  }
  if (group.length) groups.push(group);
  return groups;
}

async function hashOf(file) {
  const digest = await crypto.subtle.digest("SHA-256", await file.arrayBuffer());
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

class Refused extends Error {}

function post(address, token, body, onprogress) {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open("POST", address);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", token);
    if (onprogress) request.upload.onprogress = onprogress;
    request.onload = () => {
      let answer = {};
      try { answer = JSON.parse(request.responseText); } catch { /* a page, not an answer */ }
      if (request.status < 300 && (answer.next || answer.known)) resolve(answer);
      else if (request.status >= 500) reject(new Error("server"));
      else reject(new Refused(answer.problem ?? "The upload was refused. Load the page again and try once more."));
    };
    request.onerror = () => reject(new Error("connection"));
    request.send(body);
  });
}

async function patiently(act, tell) {
  for (let tried = 1; ; tried += 1) {
    try { return await act(); } catch (error) {
      if (error instanceof Refused || tried >= TRIES) throw error;
      tell(`The connection broke. Trying again (${tried} of ${TRIES - 1}) …`);
      await new Promise((resolve) => setTimeout(resolve, 1000 * 2 ** tried));
    }
  }
}

function formOf(group) {
  const form = new FormData();
  for (const [, path] of group) form.append("paths", path);
  for (const [file, path] of group) form.append("files", file, path.split("/").pop());
  return form;
}

async function unsent(group, address, token) {
  if (!globalThis.crypto?.subtle || group.some(([file]) => file.size > HASHED_BYTES)) return group;
  const hashes = await Promise.all(group.map(([file]) => hashOf(file)));
  const { known } = await post(address, token, JSON.stringify({ hashes }));
  return group.filter((_, index) => !known.includes(hashes[index]));
}

function arm(zone) {
  const [files, folder] = zone.querySelectorAll("input[type=file]");
  const box = zone.querySelector("[data-dropzone-progress]");
  const bar = box.querySelector("progress");
  const status = box.querySelector("[data-dropzone-status]");
  const token = zone.querySelector("[name=csrfmiddlewaretoken]").value;
  const tell = (text) => { box.hidden = false; status.textContent = text; };
  let links = null;

  async function begun() {
    if (links) return links;
    const form = new FormData();
    form.append("begin", "1");
    links = await patiently(() => post(zone.action, token, form), tell);
    return links;
  }

  async function sendAll(chosen) {
    const total = chosen.reduce((sum, [file]) => sum + file.size, 0);
    const isResumed = links !== null || zone.action.endsWith("/files");
    const { add, known } = await begun();
    let sent = 0, count = 0, skipped = 0;
    bar.max = total || 1;
    for (const group of grouped(chosen)) {
      const rest = isResumed ? await patiently(() => unsent(group, known, token), tell) : group;
      skipped += group.length - rest.length;
      tell(`Sending ${Math.min(count + group.length, chosen.length)} of ${chosen.length} files …`);
      const seen = (event) => { bar.value = Math.min(total, sent + event.loaded); };
      if (rest.length) await patiently(() => post(add, token, formOf(rest), seen), tell);
      sent += group.reduce((sum, [file]) => sum + file.size, 0);
      count += group.length;
      bar.value = sent;
    }
    tell(skipped ? `All here; ${skipped} of them were here already.` : "All here.");
    location.assign(links.next);
  }

  async function send(chosen) {
    if (!chosen.length || zone.ariaBusy === "true") return;
    zone.ariaBusy = "true";
    try { await sendAll(chosen); } catch (error) {
      tell(error instanceof Refused ? error.message : "The connection is gone. What arrived is kept: choose the same files again to go on.");
    } finally { zone.ariaBusy = "false"; }
  }

  zone.querySelector("[data-dropzone-submit]").hidden = true;
  if (folder) { folder.disabled = false; zone.querySelector("[data-dropzone-folder]").hidden = false; }
  zone.addEventListener("change", (event) => send([...event.target.files].map((file) => [file, file.webkitRelativePath || file.name])));
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("is-over"); });
  zone.addEventListener("dragleave", (event) => { if (!zone.contains(event.relatedTarget)) zone.classList.remove("is-over"); });
  zone.addEventListener("drop", async (event) => { event.preventDefault(); zone.classList.remove("is-over"); send(await dropped(event.dataTransfer)); });
}

document.querySelectorAll("[data-dropzone]").forEach(arm);
