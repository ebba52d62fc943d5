// Files and whole folders, dropped or chosen, sent in one request with real progress. Without this the form still works.
const MAX_ENTRIES = 20000;

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

function arm(zone) {
  const [files, folder] = zone.querySelectorAll("input[type=file]");
  const box = zone.querySelector("[data-dropzone-progress]");
  const bar = box.querySelector("progress");
  const status = box.querySelector("[data-dropzone-status]");
  const tell = (text) => { box.hidden = false; status.textContent = text; };

  function send(chosen) {
    if (!chosen.length || zone.ariaBusy === "true") return;
    const form = new FormData();
    for (const input of zone.querySelectorAll("input[type=hidden]")) form.append(input.name, input.value);
    for (const [file, path] of chosen) form.append(files.name, file, path);
    const request = new XMLHttpRequest();
    request.upload.onprogress = (event) => { bar.max = event.total || 1; bar.value = event.loaded; };
    request.upload.onload = () => tell("All sent. Storing …");
    request.onload = () => {
      zone.ariaBusy = "false";
      if (request.status < 400) location.assign(request.getResponseHeader("HX-Redirect") ?? request.responseURL);
      else tell(request.status === 413 ? "Too large for one upload. Send fewer files at a time." : request.getResponseHeader("X-Problem") ?? "The upload was refused. Nothing was stored.");
    };
    request.onerror = () => { zone.ariaBusy = "false"; tell("The connection broke. Nothing was stored; send the files again."); };
    zone.ariaBusy = "true";
    tell(`Sending ${chosen.length} ${chosen.length === 1 ? "file" : "files"} …`);
    request.open("POST", zone.action);
    request.send(form);
  }

  zone.querySelector("[data-dropzone-submit]").hidden = true;
  if (folder) { folder.disabled = false; zone.querySelector("[data-dropzone-folder]").hidden = false; }
  zone.addEventListener("change", (event) => send([...event.target.files].map((file) => [file, file.webkitRelativePath || file.name])));
  for (const name of ["dragenter", "dragover"]) zone.addEventListener(name, (event) => { event.preventDefault(); zone.classList.add("is-over"); });
  zone.addEventListener("dragleave", (event) => { if (!zone.contains(event.relatedTarget)) zone.classList.remove("is-over"); });
  zone.addEventListener("drop", async (event) => { event.preventDefault(); zone.classList.remove("is-over"); send(await dropped(event.dataTransfer)); });
}

document.querySelectorAll("[data-dropzone]").forEach(arm);
